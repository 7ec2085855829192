"""Tests of the custom resource handlers with moto: their effects on an account, and their responses."""
import http.server
import io
import json
import pathlib
import sys
import threading
import types
import unittest
import zipfile
from unittest import mock

import boto3
import moto

HANDLERS = pathlib.Path(__file__).resolve().parents[2] / "Sources/CloudFormation/CustomResources/Handlers"
sys.path.insert(0, str(HANDLERS))

import api_gateway_log_role  # noqa: E402
import custom_resource  # noqa: E402
import event_bridge  # noqa: E402
import existing_buckets  # noqa: E402
import existing_user_pools  # noqa: E402

REGION, ACCOUNT, FUNCTION = "eu-west-1", "123456789012", "shop-dev-intake"
ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{FUNCTION}"


class StackDouble:
    """Receives the responses of handlers, like the presigned URL of CloudFormation."""

    def __init__(self):
        self.answers = answers = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answers.append(json.loads(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/answer?signature=1"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class HandlerTest(unittest.TestCase):
    def setUp(self):
        settings = {
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self.enterContext(mock.patch.dict("os.environ", settings))
        double = {
            "core": {"passthrough": {"urls": [r"http://127\.0\.0\.1.*"]}},
            "iam": {"load_aws_managed_policies": True},
        }
        self.enterContext(moto.mock_aws(config=double))
        self.enterContext(mock.patch("builtins.print"))
        self.stack = StackDouble()
        self.addCleanup(self.stack.close)
        self.functions = boto3.client("lambda", region_name=REGION)
        self.add_function()

    def add_function(self):
        iam = boto3.client("iam", region_name=REGION)
        role = iam.create_role(RoleName="runs-functions", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("handler.py", "")
        self.functions.create_function(
            FunctionName=FUNCTION, Runtime="python3.12", Role=role, Handler="handler.run",
            Code={"ZipFile": code.getvalue()},
        )

    def request(self, module, kind, before=None, **properties):
        """Sends a request to a handler and returns its response; `before` contains the previous properties."""
        event = {
            "RequestType": kind, "ResponseURL": self.stack.url, "StackId": "stack", "RequestId": "request",
            "LogicalResourceId": "IntakeCustom1", "ResourceProperties": {"FunctionName": FUNCTION} | properties,
        }
        if kind != "Create":
            event["PhysicalResourceId"] = "as-it-was"
        if kind == "Update":
            event["OldResourceProperties"] = {**event["ResourceProperties"], **(before or {})}
        context = types.SimpleNamespace(
            invoked_function_arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:custom", log_stream_name="stream"
        )
        module.handler(event, context)
        return self.stack.answers[-1]

    def succeed(self, module, kind, before=None, **properties):
        answer = self.request(module, kind, before, **properties)
        self.assertEqual(answer["Status"], "SUCCESS", answer["Reason"])
        return answer

    def statements(self):
        try:
            return json.loads(self.functions.get_policy(FunctionName=FUNCTION)["Policy"])["Statement"]
        except self.functions.exceptions.ResourceNotFoundException:
            return []


class AnswerTests(HandlerTest):
    def test_the_response_has_the_ids_of_the_request(self):
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="uploads")
        answer = self.succeed(existing_buckets, "Create", BucketName="uploads", BucketConfigs=[])
        self.assertEqual(
            {key: answer[key] for key in ("StackId", "RequestId", "LogicalResourceId", "PhysicalResourceId")},
            {
                "StackId": "stack", "RequestId": "request", "LogicalResourceId": "IntakeCustom1",
                "PhysicalResourceId": "CustomResourceExistingS3",
            },
        )

    def test_an_update_keeps_the_physical_id(self):
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="uploads")
        answer = self.succeed(existing_buckets, "Update", BucketName="uploads", BucketConfigs=[])
        self.assertEqual(answer["PhysicalResourceId"], "as-it-was")

    def test_the_response_to_a_failed_request_has_the_reason(self):
        answer = self.request(existing_buckets, "Create", BucketName="missing", BucketConfigs=[])
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("NoSuchBucket", answer["Reason"])
        self.assertIn("stream", answer["Reason"])

    def test_a_long_reason_is_truncated_to_the_limit_of_cloudformation(self):
        with mock.patch.object(existing_buckets, "set_notifications", side_effect=ValueError("\u00e9" * 5000)):
            answer = self.request(existing_buckets, "Create", BucketName="uploads", BucketConfigs=[])
        self.assertEqual(answer["Status"], "FAILED")
        self.assertTrue(answer["Reason"].endswith("(log stream stream)"))
        self.assertLessEqual(len(json.dumps(answer)), 4096)

    def test_statement_ids_are_stable_and_within_the_limit(self):
        name = custom_resource.statement_id("f" * 90, "my.bucket:*name")
        self.assertEqual(len(name), 100)
        self.assertEqual(name, "f" * 90 + "-mybucketn")


class ExistingBucketTests(HandlerTest):
    def setUp(self):
        super().setUp()
        self.s3 = boto3.client("s3", region_name=REGION)
        self.s3.create_bucket(Bucket="uploads", CreateBucketConfiguration={"LocationConstraint": REGION})

    def notifications(self):
        return self.s3.get_bucket_notification_configuration(Bucket="uploads").get("LambdaFunctionConfigurations", [])

    def create(self, *configs):
        self.succeed(existing_buckets, "Create", BucketName="uploads", BucketConfigs=list(configs))

    def test_create_adds_notifications_and_a_permission(self):
        self.create(
            {"Event": "s3:ObjectCreated:*", "Rules": [{"Prefix": "in/"}, {"Suffix": ".csv"}]},
            {"Event": "s3:ObjectRemoved:*", "Rules": []},
        )
        created, removed = sorted(self.notifications(), key=lambda n: n["Events"])
        self.assertEqual(created["LambdaFunctionArn"], ARN)
        self.assertEqual(
            created["Filter"]["Key"]["FilterRules"],
            [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".csv"}],
        )
        self.assertEqual(removed["Events"], ["s3:ObjectRemoved:*"])
        (statement,) = self.statements()
        self.assertEqual(statement["Principal"], {"Service": "s3.amazonaws.com"})
        self.assertIn("arn:aws:s3:::uploads", json.dumps(statement["Condition"]))

    def test_an_update_only_replaces_notifications_of_the_function(self):
        other = {"LambdaFunctionArn": ARN + "-other", "Events": ["s3:ObjectCreated:Put"]}
        other["Filter"] = {"Key": {"FilterRules": [{"Name": "prefix", "Value": "other/"}]}}
        self.functions.create_function(
            FunctionName=FUNCTION + "-other", Runtime="python3.12", Handler="handler.run",
            Role=f"arn:aws:iam::{ACCOUNT}:role/runs-functions",
            Code={"ZipFile": b"PK\x05\x06" + bytes(18)},
        )
        self.s3.put_bucket_notification_configuration(
            Bucket="uploads", NotificationConfiguration={"LambdaFunctionConfigurations": [other]}
        )
        self.create({"Event": "s3:ObjectCreated:*", "Rules": [{"Prefix": "in/"}]})
        self.succeed(
            existing_buckets, "Update", BucketName="uploads",
            BucketConfigs=[{"Event": "s3:ObjectRemoved:*", "Rules": [{"Prefix": "out/"}]}],
        )
        self.assertEqual(
            sorted(e for n in self.notifications() for e in n["Events"]),
            ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"],
        )

    def test_delete_removes_notifications_and_the_permission(self):
        self.create({"Event": "s3:ObjectCreated:*", "Rules": []})
        self.succeed(existing_buckets, "Delete", BucketName="uploads", BucketConfigs=[])
        self.assertEqual(self.notifications(), [])
        self.assertEqual(self.statements(), [])

    def test_delete_succeeds_if_the_bucket_does_not_exist(self):
        self.create({"Event": "s3:ObjectCreated:*", "Rules": []})
        self.s3.delete_bucket(Bucket="uploads")
        self.succeed(existing_buckets, "Delete", BucketName="uploads", BucketConfigs=[])
        self.assertEqual(self.statements(), [])

    def test_delete_succeeds_if_the_function_does_not_exist(self):
        self.create({"Event": "s3:ObjectCreated:*", "Rules": []})
        self.functions.delete_function(FunctionName=FUNCTION)
        self.succeed(existing_buckets, "Delete", BucketName="uploads", BucketConfigs=[])
        self.assertEqual(self.notifications(), [])

    def test_an_existing_permission_is_replaced(self):
        for _ in range(2):
            self.create({"Event": "s3:ObjectCreated:*", "Rules": []})
        (statement,) = self.statements()
        self.assertEqual(statement["Sid"], f"{FUNCTION}-uploads")
        self.assertEqual(len(self.notifications()), 1)

    def test_an_update_can_move_to_another_bucket(self):
        config = {"Event": "s3:ObjectCreated:*", "Rules": []}
        self.create(config)
        self.s3.create_bucket(Bucket="archive", CreateBucketConfiguration={"LocationConstraint": REGION})
        self.succeed(
            existing_buckets, "Update", before={"BucketName": "uploads"}, BucketName="archive", BucketConfigs=[config]
        )
        self.assertEqual(self.notifications(), [])
        moved = self.s3.get_bucket_notification_configuration(Bucket="archive")["LambdaFunctionConfigurations"]
        self.assertEqual([n["LambdaFunctionArn"] for n in moved], [ARN])
        self.assertEqual([s["Sid"] for s in self.statements()], [f"{FUNCTION}-archive"])

    def test_an_update_succeeds_if_the_previous_bucket_does_not_exist(self):
        self.succeed(
            existing_buckets, "Update", before={"BucketName": "never-was"}, BucketName="uploads",
            BucketConfigs=[{"Event": "s3:ObjectCreated:*", "Rules": []}],
        )
        self.assertEqual(len(self.notifications()), 1)

    def test_an_update_succeeds_if_access_to_the_previous_bucket_is_denied(self):
        notifications = existing_buckets.set_notifications

        def refuse(place, bucket, function_name, wanted):
            if bucket == "foreign":
                raise PermissionError("AccessDenied")
            notifications(place, bucket, function_name, wanted)

        with mock.patch.object(existing_buckets, "set_notifications", refuse):
            self.succeed(
                existing_buckets, "Update", before={"BucketName": "foreign"}, BucketName="uploads",
                BucketConfigs=[{"Event": "s3:ObjectCreated:*", "Rules": []}],
            )
        self.assertEqual(len(self.notifications()), 1)

    def test_an_update_can_move_to_another_function(self):
        config = {"Event": "s3:ObjectCreated:*", "Rules": []}
        self.functions.create_function(
            FunctionName=FUNCTION + "2", Runtime="python3.12", Handler="handler.run",
            Role=f"arn:aws:iam::{ACCOUNT}:role/runs-functions", Code={"ZipFile": b"PK\x05\x06" + bytes(18)},
        )
        self.create(config)
        self.succeed(
            existing_buckets, "Update", before={"FunctionName": FUNCTION}, FunctionName=FUNCTION + "2",
            BucketName="uploads", BucketConfigs=[config],
        )
        self.assertEqual([n["LambdaFunctionArn"] for n in self.notifications()], [ARN + "2"])
        self.assertEqual(self.statements(), [])


class ExistingUserPoolTests(HandlerTest):
    def setUp(self):
        super().setUp()
        self.pools = boto3.client("cognito-idp", region_name=REGION)
        created = self.pools.create_user_pool(
            PoolName="customers", Policies={"PasswordPolicy": {"MinimumLength": 12}}, MfaConfiguration="OFF"
        )
        self.pool_id = created["UserPool"]["Id"]

    def pool(self):
        return self.pools.describe_user_pool(UserPoolId=self.pool_id)["UserPool"]

    def test_triggers_are_added_and_other_settings_do_not_change(self):
        self.succeed(
            existing_user_pools, "Create", UserPoolName="customers",
            UserPoolConfigs=[{"Trigger": "PreSignUp"}, {"Trigger": "PostConfirmation"}],
        )
        self.assertEqual(self.pool()["LambdaConfig"], {"PreSignUp": ARN, "PostConfirmation": ARN})
        self.assertEqual(self.pool()["Policies"]["PasswordPolicy"]["MinimumLength"], 12)
        (statement,) = self.statements()
        self.assertEqual(statement["Principal"], {"Service": "cognito-idp.amazonaws.com"})

    def test_a_trigger_with_a_version_has_its_own_configuration(self):
        triggers = self.update([{"Trigger": "PreTokenGeneration", "LambdaVersion": "V2_0"}])
        self.assertEqual(triggers, {"PreTokenGenerationConfig": {"LambdaArn": ARN, "LambdaVersion": "V2_0"}})

    def test_a_custom_sender_sets_the_kms_key(self):
        entry = {"Trigger": "CustomEmailSender", "LambdaVersion": "V1_0", "KMSKeyID": "arn:aws:kms:key"}
        self.assertEqual(
            self.update([entry]),
            {
                "CustomEmailSender": {"LambdaArn": ARN, "LambdaVersion": "V1_0"}, "KMSKeyID": "arn:aws:kms:key",
            },
        )

    def update(self, configs):
        """The triggers in a request to UpdateUserPool; moto only stores some of them."""
        with mock.patch("boto3.client", wraps=boto3.client) as make:
            sent = {}

            def client(name, **options):
                made = make._mock_wraps(name, **options)
                if name == "cognito-idp":
                    made.update_user_pool = lambda **settings: sent.update(settings)
                return made

            make.side_effect = client
            self.succeed(existing_user_pools, "Update", UserPoolName="customers", UserPoolConfigs=configs)
        return sent["LambdaConfig"]

    def test_delete_keeps_the_triggers_of_other_functions(self):
        self.pools.update_user_pool(UserPoolId=self.pool_id, LambdaConfig={"PreSignUp": ARN + "-other"})
        self.succeed(
            existing_user_pools, "Update", UserPoolName="customers", UserPoolConfigs=[{"Trigger": "CustomMessage"}]
        )
        self.assertEqual(set(self.pool()["LambdaConfig"]), {"PreSignUp", "CustomMessage"})
        self.succeed(existing_user_pools, "Delete", UserPoolName="customers", UserPoolConfigs=[])
        self.assertEqual(self.pool()["LambdaConfig"], {"PreSignUp": ARN + "-other"})

    def test_a_missing_pool_is_reported_with_its_name(self):
        answer = self.request(existing_user_pools, "Create", UserPoolName="missing", UserPoolConfigs=[])
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("missing", answer["Reason"])

    def test_delete_succeeds_if_the_pool_does_not_exist(self):
        self.succeed(existing_user_pools, "Delete", UserPoolName="missing", UserPoolConfigs=[])

    def test_an_update_can_move_to_another_pool(self):
        other = self.pools.create_user_pool(PoolName="staff")["UserPool"]["Id"]
        configs = [{"Trigger": "PreSignUp"}]
        self.succeed(existing_user_pools, "Create", UserPoolName="customers", UserPoolConfigs=configs)
        self.succeed(
            existing_user_pools, "Update", before={"UserPoolName": "customers"}, UserPoolName="staff",
            UserPoolConfigs=configs,
        )
        self.assertEqual(self.pool().get("LambdaConfig", {}), {})
        moved = self.pools.describe_user_pool(UserPoolId=other)["UserPool"]
        self.assertEqual(moved["LambdaConfig"], {"PreSignUp": ARN})
        (statement,) = self.statements()
        self.assertIn(other, json.dumps(statement["Condition"]))

    def test_an_existing_permission_is_replaced(self):
        for _ in range(2):
            self.succeed(
                existing_user_pools, "Create", UserPoolName="customers", UserPoolConfigs=[{"Trigger": "PreSignUp"}]
            )
        self.assertEqual(len(self.statements()), 1)


class EventBridgeTests(HandlerTest):
    def setUp(self):
        super().setUp()
        self.events = boto3.client("events", region_name=REGION)

    def config(self, **changes):
        return {"RuleName": "on-order", "State": "ENABLED", "Pattern": {"source": ["shop"]}, **changes}

    def test_create_adds_a_rule_and_its_bus(self):
        self.succeed(event_bridge, "Create", EventBridgeConfig=self.config(EventBus="orders"))
        rule = self.events.describe_rule(Name="on-order", EventBusName="orders")
        self.assertEqual(json.loads(rule["EventPattern"]), {"source": ["shop"]})
        (target,) = self.events.list_targets_by_rule(Rule="on-order", EventBusName="orders")["Targets"]
        self.assertEqual((target["Arn"], target["Id"]), (ARN, "on-order-target"))
        (statement,) = self.statements()
        self.assertIn("rule/orders/on-order", json.dumps(statement["Condition"]))

    def test_delete_removes_the_rule_and_an_empty_bus(self):
        for name in ("on-order", "on-refund"):
            self.succeed(event_bridge, "Create", EventBridgeConfig=self.config(RuleName=name, EventBus="orders"))
        self.succeed(event_bridge, "Delete", EventBridgeConfig=self.config(EventBus="orders"))
        self.assertEqual([r["Name"] for r in self.events.list_rules(EventBusName="orders")["Rules"]], ["on-refund"])
        self.succeed(event_bridge, "Delete", EventBridgeConfig=self.config(RuleName="on-refund", EventBus="orders"))
        self.assertEqual([b["Name"] for b in self.events.list_event_buses()["EventBuses"]], ["default"])

    def test_an_update_changes_schedule_state_and_input(self):
        self.succeed(event_bridge, "Create", EventBridgeConfig=self.config())
        changed = {"RuleName": "on-order", "State": "DISABLED", "Schedule": "rate(5 minutes)", "Input": {"a": 1}}
        self.succeed(event_bridge, "Update", EventBridgeConfig=changed)
        rule = self.events.describe_rule(Name="on-order")
        self.assertEqual((rule["State"], rule["ScheduleExpression"]), ("DISABLED", "rate(5 minutes)"))
        (target,) = self.events.list_targets_by_rule(Rule="on-order")["Targets"]
        self.assertEqual(json.loads(target["Input"]), {"a": 1})

    def test_a_bus_given_by_its_arn_is_neither_created_nor_deleted(self):
        self.events.create_event_bus(Name="shared")
        address = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/shared"
        self.succeed(event_bridge, "Create", EventBridgeConfig=self.config(EventBus=address))
        self.succeed(event_bridge, "Delete", EventBridgeConfig=self.config(EventBus=address))
        self.assertIn("shared", [b["Name"] for b in self.events.list_event_buses()["EventBuses"]])

    def test_an_update_can_move_to_another_bus(self):
        self.succeed(event_bridge, "Create", EventBridgeConfig=self.config(EventBus="orders"))
        self.succeed(
            event_bridge, "Update", before={"EventBridgeConfig": self.config(EventBus="orders")},
            EventBridgeConfig=self.config(EventBus="refunds"),
        )
        buses = {b["Name"] for b in self.events.list_event_buses()["EventBuses"]}
        self.assertEqual(buses, {"default", "refunds"})
        self.assertEqual([r["Name"] for r in self.events.list_rules(EventBusName="refunds")["Rules"]], ["on-order"])
        (statement,) = self.statements()
        self.assertIn("rule/refunds/on-order", json.dumps(statement["Condition"]))

    def test_delete_succeeds_if_rule_and_bus_do_not_exist(self):
        self.succeed(event_bridge, "Delete", EventBridgeConfig=self.config(EventBus="never-was"))

    def test_an_existing_permission_is_replaced(self):
        for _ in range(2):
            self.succeed(event_bridge, "Create", EventBridgeConfig=self.config())
        self.assertEqual(len(self.statements()), 1)

    def test_target_ids_are_within_the_limit(self):
        self.assertEqual(len(event_bridge.target_id("r" * 64)), 64)


class LogRoleTests(HandlerTest):
    def setUp(self):
        super().setUp()
        self.assigned = self.enterContext(mock.patch.object(api_gateway_log_role, "assign"))

    def test_the_role_is_created_once_and_assigned(self):
        for _ in range(2):
            self.succeed(api_gateway_log_role, "Create")
        iam = boto3.client("iam", region_name=REGION)
        policies = iam.list_attached_role_policies(RoleName="serverlessApiGatewayCloudWatchRole")["AttachedPolicies"]
        self.assertEqual([p["PolicyName"] for p in policies], ["AmazonAPIGatewayPushToCloudWatchLogs"])
        role = f"arn:aws:iam::{ACCOUNT}:role/serverlessApiGatewayCloudWatchRole"
        self.assertEqual(self.assigned.call_args.args[1], role)

    def test_a_given_role_is_assigned_and_no_role_is_created(self):
        self.succeed(api_gateway_log_role, "Create", RoleArn="arn:aws:iam::123456789012:role/own")
        self.assertEqual(self.assigned.call_args.args[1], "arn:aws:iam::123456789012:role/own")
        self.assertEqual(
            [r["RoleName"] for r in boto3.client("iam", region_name=REGION).list_roles()["Roles"]], ["runs-functions"]
        )

    def test_an_update_assigns_another_role(self):
        own = "arn:aws:iam::123456789012:role/own"
        self.succeed(api_gateway_log_role, "Update", before={"RoleArn": own}, RoleArn=own + "-2")
        self.assertEqual(self.assigned.call_args.args[1], own + "-2")
        self.assigned.reset_mock()
        self.succeed(api_gateway_log_role, "Update", RoleArn=own + "-2")
        self.assigned.assert_not_called()

    def test_delete_keeps_the_role_for_other_stacks(self):
        self.succeed(api_gateway_log_role, "Delete")
        self.assigned.assert_not_called()


class AssignmentTests(unittest.TestCase):
    def test_a_rejected_role_is_tried_again(self):
        refusal = api_gateway_log_role.botocore.exceptions.ClientError({"Error": {"Code": "BadRequest"}}, "UpdateAccount")
        gateway = mock.Mock()
        gateway.update_account.side_effect = [refusal, refusal, None]
        api_gateway_log_role.assign(gateway, "arn", pause=0)
        self.assertEqual(gateway.update_account.call_count, 3)

    def test_a_role_that_is_always_rejected_is_an_error(self):
        refusal = api_gateway_log_role.botocore.exceptions.ClientError({"Error": {"Code": "BadRequest"}}, "UpdateAccount")
        gateway = mock.Mock()
        gateway.update_account.side_effect = refusal
        with self.assertRaises(api_gateway_log_role.botocore.exceptions.ClientError):
            api_gateway_log_role.assign(gateway, "arn", attempts=2, pause=0)


if __name__ == "__main__":
    unittest.main()
