"""Custom::CognitoUserPool: triggers of a user pool that is not part of the stack.

UpdateUserPool resets all settings that are missing from the request to their defaults, so the request contains them.
"""
import boto3

from custom_resource import allow, answering, forbid, statement_id

CUSTOM_SENDERS = ("CustomSMSSender", "CustomEmailSender")

# Members of DescribeUserPool that UpdateUserPool does not accept.
READ_ONLY = (
    "Id", "Name", "Arn", "Status", "LastModifiedDate", "CreationDate", "SchemaAttributes", "AliasAttributes",
    "UsernameAttributes", "UsernameConfiguration", "EstimatedNumberOfUsers", "SmsConfigurationFailure",
    "EmailConfigurationFailure", "Domain", "CustomDomain",
)


def act(request_type, properties, place):
    function_name, pool_name = properties["FunctionName"], properties["UserPoolName"]
    pools = boto3.client("cognito-idp", region_name=place.region)
    functions = boto3.client("lambda", region_name=place.region)
    statement = statement_id(function_name, "".join(pool_name.split()), lower=True)
    pool_id = find(pools, pool_name)
    if request_type == "Delete":
        forbid(functions, function_name, statement)
        if pool_id is not None:  # a deleted pool has no triggers
            set_triggers(pools, pool_id, place.function_arn(function_name), [])
        return
    if pool_id is None:
        raise LookupError(f"user pool {pool_name!r} not found in {place.region}")
    if request_type == "Create":
        source = f"arn:{place.partition}:cognito-idp:{place.region}:{place.account}:userpool/{pool_id}"
        allow(functions, function_name, statement, "cognito-idp.amazonaws.com", source)
    set_triggers(pools, pool_id, place.function_arn(function_name), properties["UserPoolConfigs"])


def find(client, name):
    for page in client.get_paginator("list_user_pools").paginate(MaxResults=60):
        for pool in page["UserPools"]:
            if pool["Name"] == name:
                return pool["Id"]
    return None


def set_triggers(client, pool_id, arn, wanted):
    pool = client.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    triggers = {name: value for name, value in pool.get("LambdaConfig", {}).items() if target(value) != arn}
    if not any(name in triggers for name in CUSTOM_SENDERS):
        triggers.pop("KMSKeyID", None)
    for entry in wanted:
        name, version = entry["Trigger"], entry.get("LambdaVersion")
        if name in CUSTOM_SENDERS:
            triggers[name] = {"LambdaArn": arn, "LambdaVersion": version}
            triggers["KMSKeyID"] = entry["KMSKeyID"]
        elif version:
            triggers[f"{name}Config"] = {"LambdaArn": arn, "LambdaVersion": version}
        else:
            triggers[name] = arn
    settings = {name: value for name, value in pool.items() if name not in READ_ONLY}
    invitations = settings.get("AdminCreateUserConfig", {})
    validity = invitations.pop("UnusedAccountValidityDays", None)
    passwords = settings.get("Policies", {}).get("PasswordPolicy")
    if validity is not None and passwords is not None:  # both are the same setting; the newer member has precedence
        passwords.setdefault("TemporaryPasswordValidityDays", validity)
    client.update_user_pool(UserPoolId=pool_id, **{**settings, "LambdaConfig": triggers})


def target(trigger):
    return trigger.get("LambdaArn") if isinstance(trigger, dict) else trigger


handler = answering("CustomResourceExistingCognitoUserPool", act, "FunctionName", "UserPoolName")
