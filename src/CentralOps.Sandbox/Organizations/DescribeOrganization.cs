using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class DescribeOrganization(Estate estate) : OrganizationOperation(estate)
{
    public override string Name => "DescribeOrganization";

    protected override bool OpenToMembers => true;

    protected override OperationAnswer Answer(OperationCall call) =>
        OperationAnswer.Of(Estate, (json, estate) =>
        {
            var management = estate.ManagementAccount;
            json.WriteStartObject("Organization");
            json.WriteString("Id", estate.OrganizationId);
            json.WriteString("Arn", Arn($"organization/{estate.OrganizationId}"));
            json.WriteString("FeatureSet", "ALL");
            json.WriteString("MasterAccountArn", Arn($"account/{estate.OrganizationId}/{management.Id}"));
            json.WriteString("MasterAccountId", management.Id);
            json.WriteString("MasterAccountEmail", management.Email);
            json.WriteStartArray("AvailablePolicyTypes");
            json.WriteStartObject();
            json.WriteString("Type", "SERVICE_CONTROL_POLICY");
            json.WriteString("Status", "ENABLED");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
}
