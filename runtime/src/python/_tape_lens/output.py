"""Where a snippet's print goes."""
import io


class Output(io.TextIOBase):
    """Hands text on in pieces until nobody keeps it any more; from then on it is only counted."""

    PIECE = 8192
    # Handed on at once: a program that prints little and then hangs, or is ended, has lost nothing.
    LINES_AT_ONCE = 32

    def __init__(self, write, drop):
        self._write = write
        self._drop = drop
        self._pieces = []
        self._length = 0
        self._dropped = 0
        self._lines = 0
        self._open = True

    encoding = "utf-8"
    errors = "replace"

    def writable(self):
        return True

    def isatty(self):
        return False

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        length = len(text)
        if not self._open:
            self._dropped += length
            return length
        if length > 4 * 1024 * 1024:
            # Far past what is kept: not worth carrying over whole.
            self._dropped += length - 4 * 1024 * 1024
            text = text[: 4 * 1024 * 1024]
        self._pieces.append(text)
        self._length += len(text)
        is_early = self._lines < self.LINES_AT_ONCE and text.endswith("\n")
        self._lines += is_early
        if is_early or self._length >= self.PIECE:
            self.flush()
        return length

    def flush(self):
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        self._open = self._write(text.encode("utf-8", "replace").decode("utf-8"))

    def end(self):
        """The snippet has ended: everything goes out."""
        self.flush()
        if self._dropped:
            self._drop(self._dropped)
            self._dropped = 0
