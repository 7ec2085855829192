"""Custom::ApiGatewayAccountRole: the role that API Gateway uses to write logs.

It is a setting of the account and region. Deleting the stack does not remove it, because other stacks may need it.
"""
import json
import time

import boto3
import botocore.exceptions

from custom_resource import answering

ROLE = "serverlessApiGatewayCloudWatchRole"


def act(request_type, properties, place):
    if request_type != "Create":
        return
    gateway = boto3.client("apigateway", region_name=place.region)
    given = properties.get("RoleArn")
    arn = given or f"arn:{place.partition}:iam::{place.account}:role/{ROLE}"
    if not given:
        ensure_role(place)
    if gateway.get_account().get("cloudwatchRoleArn") != arn:
        assign(gateway, arn)


def ensure_role(place):
    client = boto3.client("iam", region_name=place.region)
    policy = f"arn:{place.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": ["apigateway.amazonaws.com"]}, "Action": ["sts:AssumeRole"]}
        ],
    }
    try:
        attached = client.list_attached_role_policies(RoleName=ROLE)["AttachedPolicies"]
    except client.exceptions.NoSuchEntityException:
        client.create_role(RoleName=ROLE, Path="/", AssumeRolePolicyDocument=json.dumps(trust))
        attached = []
    if all(p["PolicyArn"] != policy for p in attached):
        client.attach_role_policy(RoleName=ROLE, PolicyArn=policy)


def assign(client, arn, attempts=10, pause=10):
    """Sets the role. API Gateway rejects a new role until IAM has propagated it, so this may take several attempts."""
    for attempt in range(1, attempts + 1):
        try:
            client.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}])
            return
        except botocore.exceptions.ClientError:
            if attempt == attempts:
                raise
            time.sleep(pause)


handler = answering("CustomResourceApiGatewayAccountCloudWatchRole", act, "RoleArn")
