"""Asks a language model one question over the network: once, within a time and a size, with every trouble as one of the three errors."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from openai import AsyncOpenAI
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.exceptions import ModelAPIError, ModelHTTPError, UnexpectedModelBehavior, UserError
from pydantic_ai.models import infer_model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers import infer_provider_class
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from responders.drafters.prompt import Prompt
from responders.drafters.verdict import Answer

MAX_TOKENS = 900
"""Of an answer; a reply takes some 200, and its form as much again."""
MAX_BYTES = 256 * 1024
"""Of an answer over the wire."""
LOADING = 60.0
"""Seconds that the libraries may take to be loaded and put together; that is no time of the model's."""
GRACE = 1.0
"""Seconds after the time limit in which a thread may end by itself before it is left alone."""
LONGEST_WAIT = timedelta(hours=1)
"""A longer wish of the other side is not believed."""


class Muddled(AdapterError):
    """An answer came, and it is not the structure that was asked for."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model said, and what it cost."""

    answer: Answer
    tokens: int
    """As the other side counts; 0 where it does not say."""


class Model:
    """One model of one provider."""

    def __init__(self, name: str, key: str, api_url: str = "", now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take the model as `provider:name`, or with an `api_url` as the service there calls it."""
        self.name = name
        self._now = now
        self._key = key
        self._api_url = api_url

    def ask(self, prompt: Prompt, seconds: float) -> Answered:
        """Return the answer to one question; sends it once, and is back after `seconds` whatever the other side does.

        Raises:
            Unavailable, RateLimited, Rejected: no answer. Their messages hold nothing that was sent or answered.
            Muddled: an answer that is none.
        """
        found: queue.SimpleQueue[Answered | AdapterError] = queue.SimpleQueue()
        ready = threading.Event()

        def work() -> None:
            found.put(self._answer_or_error(prompt, seconds, ready))
            ready.set()

        # A thread of its own: a name server that hangs cannot be interrupted, and nobody else may wait for it.
        threading.Thread(target=work, daemon=True, name="model").start()
        ready.wait(LOADING)
        try:
            result = found.get(timeout=seconds + GRACE)
        except queue.Empty:
            result = Unavailable(f"llm: no answer within {seconds:.1f} s")
        if isinstance(result, AdapterError):
            raise result
        return result

    def _answer_or_error(self, prompt: Prompt, seconds: float, ready: threading.Event) -> Answered | AdapterError:
        """Return what came of it; an error of ours never carries the library's, which holds the prompt and the key."""
        try:
            return asyncio.run(self._ask_within(prompt, seconds, ready))
        except TimeoutError:
            return Unavailable(f"llm: no answer within {seconds:.1f} s")
        except ModelHTTPError as error:
            return _told(error, self._now())
        except (ModelAPIError, OSError, httpx2.HTTPError):
            return Unavailable("llm: the model could not be reached, or broke off")
        except UserError:
            return Rejected("llm: the provider cannot be used so: look at model, api_url and LLM_API_KEY, and at what is installed for it")
        except UnexpectedModelBehavior:
            return Muddled("llm: the answer is not the structure that was asked for")
        except Exception as error:  # noqa: BLE001 - what a library raises on a strange answer is beyond counting, and holds the prompt
            return Unavailable(f"llm: asking failed ({type(error).__name__})")

    async def _ask_within(self, prompt: Prompt, seconds: float, ready: threading.Event) -> Answered:
        async with AsyncExitStack() as stack:
            agent: Any = Agent(await self._model(stack), output_type=PromptedOutput(Answer), instructions=prompt.instructions, retries=0)
            ready.set()
            async with asyncio.timeout(seconds):
                result = await agent.run(prompt.words, model_settings={"max_tokens": MAX_TOKENS, "max_retries": 0, "timeout": seconds})
            return Answered(result.output, int(result.usage.input_tokens or 0) + int(result.usage.output_tokens or 0))

    async def _model(self, stack: AsyncExitStack) -> Any:
        provider, colon, name = self.name.partition(":")
        if not self._api_url and (provider != "openai" or not colon):
            return infer_model(self.name, provider_factory=lambda one: infer_provider_class(one)(api_key=self._key))  # type: ignore[call-arg,unused-ignore]
        wire = await stack.enter_async_context(
            httpx2.AsyncClient(transport=_Bounded(httpx2.AsyncHTTPTransport(retries=0)), follow_redirects=False, trust_env=False)
        )
        client = AsyncOpenAI(base_url=self._api_url or None, api_key=self._key or "none", http_client=wire, max_retries=0)
        assert client.chat.completions  # The library loads it when it is first used.
        if not self._api_url:
            return OpenAIChatModel(name, provider=OpenAIProvider(openai_client=client))
        return OpenAIChatModel(self.name.removeprefix("openai:"), provider=OpenAICompatibleProvider("local", openai_client=client))


def _told(error: ModelHTTPError, at: datetime) -> AdapterError:
    status = error.status_code
    if status == 429:
        wait = min(timedelta(seconds=max(0.0, min(float(error.retry_after or 60.0), 86_400.0))), LONGEST_WAIT)
        return RateLimited("llm: the provider asked us to wait", at + wait)
    if status >= 500:
        return Unavailable(f"llm: the provider failed (HTTP {status})")
    return Rejected(f"llm: the provider refused (HTTP {status}): look at model, api_url and LLM_API_KEY")


class _Bounded(httpx2.AsyncBaseTransport):  # type: ignore[misc,unused-ignore]
    """A transport that takes no packed answer and no endless one."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def handle_async_request(self, request: Any) -> Any:
        request.headers["accept-encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise httpx2.RemoteProtocolError("a packed answer", request=request)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=_Counted(response.stream), extensions=response.extensions
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Counted(httpx2.AsyncByteStream):  # type: ignore[misc,unused-ignore]
    """A stream that breaks off where it is too long."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MAX_BYTES
        async for part in self._inner:
            left -= len(part)
            if left < 0:
                raise httpx2.RemoteProtocolError("an answer without end")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()
