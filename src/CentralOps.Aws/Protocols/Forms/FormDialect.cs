using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Forms;

/// <summary>What awsQuery and ec2Query put differently into a form.</summary>
internal abstract class FormDialect
{
    /// <summary>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</summary>
    public static FormDialect AwsQuery { get; } = new AwsQueryDialect();

    /// <summary>https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html</summary>
    public static FormDialect Ec2Query { get; } = new Ec2QueryDialect();

    /// <summary>An empty list is sent as an empty value; elsewhere it is left out.</summary>
    public abstract bool SendsEmptyLists { get; }

    public abstract string NameOf(Member member);

    public abstract Member? Find(Shape shape, string name);

    /// <summary>What stands between a list's name and the element's number, with its dot; empty when nothing does.</summary>
    public abstract string ListInfix(Member list);

    private sealed class AwsQueryDialect : FormDialect
    {
        public override bool SendsEmptyLists => true;

        public override string NameOf(Member member) => member.WireName;

        public override Member? Find(Shape shape, string name) => shape.ByWireName.Find(name);

        public override string ListInfix(Member list) =>
            list.IsFlattened ? "" : "." + (list.Shape.Element!.LocationName ?? "member");
    }

    private sealed class Ec2QueryDialect : FormDialect
    {
        public override bool SendsEmptyLists => false;

        public override string NameOf(Member member) => member.Ec2Name;

        public override Member? Find(Shape shape, string name) => shape.ByEc2Name.Find(name);

        public override string ListInfix(Member list) => "";
    }
}
