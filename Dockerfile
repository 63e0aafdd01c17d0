# One image for both processes; compose.yaml says which runs where, and which secrets each gets.
FROM python:3.13-slim

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1 GRAPEVINE_LOG=json

WORKDIR /opt/grapevine
COPY requirements.txt ./
RUN pip install --no-deps --require-hashes --requirement requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY monitor ./monitor
COPY responders ./responders
COPY config/sample ./config/sample
COPY config/examples ./config/examples
# Modules are compiled here: the root is read-only when it runs.
RUN pip install --no-deps --no-build-isolation --editable . \
    && python -m compileall -q monitor responders \
    && useradd --system --uid 10001 --home-dir /srv/grapevine --create-home --shell /usr/sbin/nologin grapevine

USER 10001
WORKDIR /srv/grapevine
VOLUME /srv/grapevine
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9100/health', timeout=4)"]
ENTRYPOINT []
CMD ["monitor", "run", "--port", "9100"]
