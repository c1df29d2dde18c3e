"""A small IMAP server on the loopback (RFC 3501, as far as a reader of bounces goes). Flags are kept."""

import re
import socketserver
from threading import Thread
from typing import Self

USER, PASSWORD = "leihwerk@stadt.example", "p@ss word"


class ImapServer:
    """``mails``: what lies in INBOX. ``seen``: the uids that were marked, counted from 1."""

    def __init__(self, *mails: bytes) -> None:
        self.mails, self.seen, self.commands = list(mails), set[int](), list[str]()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._session)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, password: str = PASSWORD) -> str:
        user, word = (part.replace("@", "%40").replace(" ", "%20") for part in (USER, password))
        return f"imap://{user}:{word}@127.0.0.1:{self._server.server_address[1]}/INBOX"

    def _session(self, request, _address, _server) -> None:
        lines = request.makefile("rb")
        request.sendall(b"* OK ready\r\n")
        for line in lines:
            tag, _, command = line.decode().strip().partition(" ")
            self.commands.append(command)
            untagged, status = self._answer(command)
            request.sendall(untagged + f"{tag} {status} done\r\n".encode())
            if command == "LOGOUT":
                return

    def _answer(self, command: str) -> tuple[bytes, str]:
        words = command.split()
        match words[:2]:
            case ["CAPABILITY", *_]:
                return b"* CAPABILITY IMAP4rev1\r\n", "OK"
            case ["LOGIN", *_]:
                is_right = command == f'LOGIN {USER} "{PASSWORD}"'
                return b"", "OK" if is_right else "NO [AUTHENTICATIONFAILED]"
            case ["SELECT", folder]:
                return f"* {len(self.mails)} EXISTS\r\n".encode(), "OK" if folder == '"INBOX"' else "NO"
            case ["UID", "SEARCH"]:
                found = " ".join(str(uid) for uid, mail in enumerate(self.mails, 1) if self._is_wanted(uid, mail))
                return f"* SEARCH {found}\r\n".encode(), "OK"
            case ["UID", "FETCH"]:
                assert "BODY.PEEK[]" in command, "looking must not mark"
                mail = self.mails[int(words[2]) - 1]
                return b"* %s FETCH (UID %s BODY[]<0> {%d}\r\n%s)\r\n" % (
                    words[2].encode(), words[2].encode(), len(mail), mail,
                ), "OK"  # fmt: skip
            case ["UID", "STORE"]:
                self.seen.add(int(words[2]))
                return b"", "OK"
        return b"", "OK"

    def _is_wanted(self, uid: int, mail: bytes) -> bool:
        head = re.split(rb"\r?\n\r?\n", mail)[0].replace(b"\r\n\t", b" ").replace(b"\n\t", b" ")
        content = re.search(rb"(?im)^content-type:(.*)$", head)
        return uid not in self.seen and content is not None and b"delivery-status" in content[1]
