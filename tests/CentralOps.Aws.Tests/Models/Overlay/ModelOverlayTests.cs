using System.IO.Compression;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Models.Overlay;
using CentralOps.Aws.Actions;
using CentralOps.Aws.Tests.Actions;
using CentralOps.Aws.Tests.Peers;
using CentralOps.Models.Catalogue;
using CentralOps.Models.Overlay;

namespace CentralOps.Aws.Tests.Models.Overlay;

public sealed class ModelOverlayTests
{
    /// <summary>Services that botocore has in the same API version; the others have no overlay.</summary>
    private const int Overlaid = 360;

    [ActionSourcesFact]
    public void With_the_overlay_the_catalogue_says_of_the_wire_what_botocore_says()
    {
        var botocore = BotocoreTheoryAttribute.Botocore!;
        var current = new Dictionary<string, ServiceModel>(StringComparer.Ordinal);
        foreach (var service in botocore.Services())
        {
            var model = ServiceModel.Read(Encoding.UTF8.GetBytes(botocore.Service(service).ToJsonString()));
            current.TryAdd(model.ServiceId, model);
        }

        var comparison = new ModelComparison();
        var services = 0;
        var npm = ActionSourcesFactAttribute.Npm!;
        foreach (var name in npm.Names())
        {
            var model = ModelOverlay.Read(npm.Bytes(name));
            if (current.TryGetValue(model.ServiceId, out var other) && other.ApiVersion == model.ApiVersion)
            {
                services++;
                comparison.Compare(model, other);
            }
        }

        string.Join('\n', comparison.Differences).ShouldBeEmpty();
        services.ShouldBeGreaterThanOrEqualTo(Overlaid);
        comparison.Operations.ShouldBeGreaterThan(14_500);
    }

    [ActionSourcesFact]
    public void Generating_the_overlay_again_gives_the_committed_one()
    {
        using var committed = new BrotliStream(File.OpenRead(Path.Combine(Repository.Root, "src", "CentralOps.Aws", "Models", "Overlay", "overlay.br")), CompressionMode.Decompress);
        using var reader = new StreamReader(committed);

        reader.ReadToEnd().ShouldBe(OverlaySources.Generate(BotocoreTheoryAttribute.Botocore!, ActionSourcesFactAttribute.Npm!));
    }

    [PeerFact]
    public void CloudWatch_comes_with_its_three_protocols_and_with_errors()
    {
        var npm = ActionSourcesFactAttribute.Npm!;

        var model = ModelOverlay.Read(npm.Bytes("monitoring-2010-08-01"));

        model.Protocols.ShouldBe([ProtocolKind.RpcV2Cbor, ProtocolKind.AwsJson10, ProtocolKind.AwsQuery], ignoreOrder: true);
        (model.Name, model.TargetPrefix, model.QueryCompatible).ShouldBe(("cloudwatch", "GraniteServiceVersion20100801", true));
        var error = model.Operation("GetMetricStatistics").Errors.Single(one => one.Shape.Name == "InvalidParameterValueException");
        (error.Code, error.Status, error.SenderFault).ShouldBe(("InvalidParameterValue", 400, true));
        ServiceModel.Read(npm.Bytes("monitoring-2010-08-01")).Operation("GetMetricStatistics").Errors.ShouldBeEmpty();
    }

    [PeerFact]
    public void A_service_has_the_name_by_which_its_IAM_actions_are_found()
    {
        var npm = ActionSourcesFactAttribute.Npm!;
        var operations = npm.Names().Select(name => ModelOverlay.Read(npm.Bytes(name))).SelectMany(model => model.OperationNames.Select(name => $"{model.Name}:{name}")).ToList();

        operations.Count(operation => IamActions.TryFind(operation, out _)).ShouldBeGreaterThan(operations.Count * 97 / 100);
    }

    [Fact]
    public void A_description_that_the_overlay_does_not_know_is_opened_as_it_is()
    {
        var model = ModelOverlay.Read("""{"metadata":{"protocol":"json","serviceId":"Nobody's","endpointPrefix":"n"},"operations":{"Do":{}}}"""u8.ToArray());

        (model.ServiceId, model.Operation("Do").Errors.Count).ShouldBe(("Nobody's", 0));
    }

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"metadata\":{\"serviceId\":\"STS\",\"protocol\":\"query\"", "byte")]
    [InlineData("{\"metadata\":{\"serviceId\":1,\"serviceId\":2}}", "byte")]
    public void What_is_no_description_is_refused_in_words(string json, string words) =>
        Should.Throw<FormatException>(() => ModelOverlay.Read(Encoding.UTF8.GetBytes(json))).Message.ShouldContain(words);
}
