using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Models.Overlay;

/// <summary>Whether two models of a service say the same of the wire, wherever both have the operation and the member.</summary>
internal sealed class ModelComparison
{
    private readonly HashSet<(Shape, Shape)> _walked = [];

    public List<string> Differences { get; } = [];

    public int Operations { get; private set; }

    public void Compare(ServiceModel ours, ServiceModel other)
    {
        Same(ours.ServiceId, "service", Facts(ours), Facts(other));
        foreach (var name in ours.OperationNames)
        {
            if (other.TryGetOperation(name, out var theirs))
            {
                Operations++;
                Compare(ours.Operation(name), theirs, $"{ours.ServiceId}:{name}");
            }
        }
    }

    private void Compare(OperationModel ours, OperationModel other, string where)
    {
        Same(where, "operation", Facts(ours), Facts(other));
        foreach (var (mine, theirs) in Errors(ours).Zip(Errors(other)))
        {
            Same(where, "error", mine, theirs);
        }

        Same(where, "errors", Errors(ours).Count(), Errors(other).Count());
        Compare(ours.Input, other.Input, where + ".input");
        Compare(ours.Output, other.Output, where + ".output");
    }

    private void Compare(Shape? ours, Shape? other, string where)
    {
        if (ours is null || other is null)
        {
            Same(where, "shape", ours?.Members.Count > 0, other?.Members.Count > 0);
            return;
        }

        if (!_walked.Add((ours, other)))
        {
            return;
        }

        Same(where, "shape", Facts(ours, other), Facts(other, ours));
        foreach (var member in ours.Members)
        {
            if (other.FindMember(member.Name) is { } theirs)
            {
                Compare(member, theirs, $"{where}.{member.Name}");
            }
        }

        Compare(ours.Element, other.Element, where + "[]");
        Compare(ours.Key, other.Key, where + "{key}");
        Compare(ours.Value, other.Value, where + "{}");
    }

    private void Compare(Member? ours, Member? other, string where)
    {
        Same(where, "member", ours is null, other is null);
        if (ours is not null && other is not null)
        {
            Same(where, "member", Facts(ours), Facts(other));
            // What was sensitive once stays so.
            var isSecret = ours.Sensitive || ours.Shape.Sensitive;
            Same(where, "sensitive", isSecret, isSecret || other.Sensitive || other.Shape.Sensitive);
            Compare(ours.Shape, other.Shape, where);
        }
    }

    private static object Facts(ServiceModel service) => (
        string.Join(' ', service.Protocols), service.TargetPrefix, service.SigningName, service.EndpointPrefix, service.GlobalEndpoint, service.XmlNamespace,
        service.QueryCompatible, service.ApiVersion);

    private static object Facts(OperationModel operation) => (
        (operation.Method, operation.RequestUri, operation.ResponseCode, operation.HostPrefix, operation.InputName, operation.InputNamespace, operation.ResultWrapper),
        operation.Checksum, operation.Deprecated, operation.Unsigned, operation.UnsignedPayload, operation.Gzips, operation.AnswerChecksum is null ? null : string.Join(' ', operation.AnswerChecksum.Algorithms));

    // A few operations list an error twice.
    private static IEnumerable<string> Errors(OperationModel operation) => operation.Errors.Select(error =>
        $"{error.Code} {error.Status} {error.SenderFault}: {string.Join(", ", error.Shape.Members.Select(member => $"{Facts(member)} {Facts(member.Shape, member.Shape)}"))}")
        .Distinct();

    // A name of the shape itself matters where it is a root element, and the minified form has no names of shapes written in place.
    private static object Facts(Shape shape, Shape other) => (
        shape.Kind, shape.Payload is { } payload && other.FindMember(payload) is not null ? payload : null, shape.Flattened, shape.Union, shape.Sparse,
        string.Join(' ', shape.Required.Where(name => other.FindMember(name) is not null).Order(StringComparer.Ordinal)));

    private static object Facts(Member member) => (
        (member.Location, member.WireName, member.Ec2Name, member.IsFlattened, member.Streaming || member.Shape.Streaming, member.IdempotencyToken),
        (member.HostLabel, member.JsonValue, member.XmlAttribute, member.XmlNamespace ?? member.Shape.XmlNamespace),
        member.TimestampFormat == TimestampFormat.Default ? member.Shape.TimestampFormat : member.TimestampFormat);

    private void Same(string where, string what, object? ours, object? other)
    {
        if (!Equals(ours, other))
        {
            Differences.Add($"{where} {what}: {ours} instead of {other}");
        }
    }
}
