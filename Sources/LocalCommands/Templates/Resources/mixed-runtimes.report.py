import datetime

from dateutil import relativedelta, tz


def handler(event, context):
    now = datetime.datetime.now(tz.UTC)
    return {"at": now.isoformat(), "next": (now + relativedelta.relativedelta(months=1)).isoformat()}
