"""Delivery status notifications as mail servers write them (RFC 3464), about a mail of ours."""

POSTFIX = """\
From: MAILER-DAEMON@post.stadt.example (Mail Delivery System)
To: leihwerk@stadt.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"
Message-Id: <20261124.1@post.stadt.example>

--B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host post.stadt.example.
<{address}>: host mx.nord.example said: 550 5.1.1 no such user

--B
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; post.stadt.example
X-Postfix-Queue-ID: 4F1xyz
Arrival-Date: Tue, 24 Nov 2026 08:00:00 +0100 (CET)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{original}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.nord.example
Diagnostic-Code: smtp; 550 5.1.1 no such user

--B
Content-Description: Undelivered Message
Content-Type: {returned}

From: Medienzentrum Musterstadt <leihwerk@stadt.example>
To: {original}
Message-ID: {message_id}
Subject: Bitte bringen Sie das Bee-Bot Set

Guten Tag

--B--
"""

EXCHANGE = """\
From: "Microsoft Outlook" <postmaster@schule.example>
To: <leihwerk@stadt.example>
Subject: =?utf-8?Q?Unzustellbar=3A_Bitte_bringen?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type="delivery-status";
\tboundary="_000_x_"

--_000_x_
Content-Type: multipart/alternative; boundary="_001_x_"

--_001_x_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

RGllIEFkcmVzc2UgZ2lidCBlcyBuaWNodC4=
--_001_x_--

--_000_x_
Content-Type: message/delivery-status

Reporting-MTA: dns;mail.schule.example

Final-recipient: RFC822;{address}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound
X-Display-Name: Wer auch immer

--_000_x_
Content-Type: message/rfc822

From: <leihwerk@stadt.example>
Message-ID: {message_id}

Guten Tag
--_000_x_--
"""


def postfix(message_id: str, address: str, **differently: str) -> bytes:
    facts = {
        "action": "failed",
        "status": "5.1.1",
        "returned": "message/rfc822",
        "original": address,
        "address": address,
        "message_id": message_id,
    }
    return (POSTFIX.format(**facts | differently)).replace("\n", "\r\n").encode()


def exchange(message_id: str, address: str) -> bytes:
    return EXCHANGE.format(message_id=message_id, address=address).encode()


VACATION = """\
From: Klara Kreide <{address}>
To: leihwerk@stadt.example
Subject: Abwesend: Noch nicht zurück
In-Reply-To: {message_id}
References: {message_id}
Auto-Submitted: auto-replied (vacation)
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="V"

--V
Content-Type: text/plain; charset=utf-8

Ich bin bis Freitag nicht erreichbar. 550 5.1.1 steht hier nur so da.

--V--
"""


def vacation(message_id: str, address: str) -> bytes:
    """No bounce: somebody is away."""
    return VACATION.format(message_id=message_id, address=address).encode()
