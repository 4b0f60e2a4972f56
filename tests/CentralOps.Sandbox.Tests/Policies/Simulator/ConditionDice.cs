using System.Text.Json.Nodes;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>Draws condition blocks: every operator, keys that are there and keys that are not, values that fit and that nearly do.</summary>
internal sealed class ConditionDice(Random random, AccessRequest request)
{
    private static readonly string[] Words = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"];
    private static readonly string[] Sets = ["ForAllValues:", "ForAnyValue:"];

    public JsonObject Draw()
    {
        var block = new JsonObject();
        for (var count = 1 + random.Next(2); count > 0; count--)
        {
            var (op, key, values) = One();
            if (block[op] is not JsonObject keys)
            {
                block[op] = keys = [];
            }

            keys[key] = values.Length == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        }

        return block;
    }

    private (string Op, string Key, string[] Values) One() => random.Next(12) switch
    {
        0 => (Exists(Pick("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike")), "aws:PrincipalArn", Values(
            request.Principal.IamArn, "arn:aws:iam::*:role/*", "arn:aws:iam::111111111111:role/Read*", "arn:aws:iam::222222222222:role/Reader", "arn:aws:iam::111111111111:*/Bob")),
        1 => (Exists(Pick("IpAddress", "NotIpAddress")), "aws:SourceIp", Values("10.0.0.0/8", "203.0.113.0/24", "10.1.2.3/32", "2001:db8::/32")),
        2 => (Exists("Bool"), Pick("aws:SecureTransport", "aws:MultiFactorAuthPresent", "aws:ViaAWSService"), [Pick("true", "false")]),
        3 => ("Null", Pick("aws:SourceIdentity", "aws:TokenIssueTime", "aws:username", "aws:PrincipalTag/team", "sts:ExternalId", "aws:TagKeys"), [Pick("true", "false")]),
        4 => (Exists(Pick("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals")),
            Pick("aws:PrincipalTag/level", "s3:max-keys"), Values("7", "7.0", "6", "8", "100")),
        5 => (Exists(Pick("DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals")),
            Pick("aws:CurrentTime", "aws:TokenIssueTime"), Values("2026-11-22T12:00:00Z", "2026-11-01T12:00:00Z", "2026-11-10T00:00:00Z")),
        6 => (Pick(Sets) + Exists(Pick(Words)), Pick("aws:TagKeys", "sts:TransitiveTagKeys"), Values("team", "cost", "TEAM", "te*", "x")),
        7 => (Pick(Sets) + Pick("StringLike", "StringEquals", "StringNotLike"), "aws:PrincipalOrgPaths", Values("o-test/r-ab/*", "o-test/r-ab/ou-ab-prod/", "o-test/r-ab/ou-ab-dev/*")),
        8 => (Exists(Pick(Words)), Pick("aws:SourceIdentity", "sts:SourceIdentity", "sts:RoleSessionName"), Values("alice", "ALICE", "${aws:SourceIdentity}", "al*", "${aws:username, 'alice'}")),
        9 => (Exists(Pick(Words)), Pick("sts:ExternalId", "s3:prefix", "aws:UserAgent"), Values("right", "2026/alice/", "2026/${aws:SourceIdentity}/*", "aws-cli/*", "r?ght")),
        10 => (Exists(Pick(Words)), Pick("aws:PrincipalTag/team", "aws:RequestTag/team", "AWS:principaltag/TEAM"), Values("ops", "Ops", "${aws:PrincipalTag/team}", "o${*}", "d*")),
        _ => (Exists(Pick(Words)), Pick("aws:RequestedRegion", "aws:PrincipalOrgID", "aws:PrincipalAccount", "aws:ResourceAccount", "aws:PrincipalType"),
            Values("us-east-1", "us-*", "o-test", "111111111111", "${aws:PrincipalAccount}", "AssumedRole")),
    };

    private string Exists(string op) => random.Next(4) == 0 ? op + "IfExists" : op;

    private string Pick(params string[] from) => from[random.Next(from.Length)];

    private string[] Values(params string[] from) => [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Pick(from)).Distinct(StringComparer.Ordinal)];
}
