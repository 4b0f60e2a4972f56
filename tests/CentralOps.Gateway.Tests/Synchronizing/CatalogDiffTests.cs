using System.Text.Json;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Gateway.Tests.Synchronizing;

public sealed class CatalogDiffTests
{
    [Fact]
    public void What_came_changed_and_went_is_told_by_name_and_kind()
    {
        var before = new TargetCatalog { Tools = [Tool("kept", 1), Tool("b-gone", 1), Tool("a-gone", 1), Tool("other", 1)], Prompts = [new("p", Json("""{"a":1}"""))], Resources = [new("r", Json("{}"))] };
        var after = new TargetCatalog { Tools = [Tool("new", 1), Tool("other", 2), Tool("kept", 1)], Prompts = [new("p", Json("""{"a":2}"""))], ResourceTemplates = [new("t", Json("{}"))] };

        var diff = CatalogDiff.Between(before, after);

        diff.Tools.Added.ShouldBe(["new"]);
        diff.Tools.Changed.ShouldBe(["other"]);
        diff.Tools.Removed.ShouldBe(["a-gone", "b-gone"]);
        diff.Prompts.Changed.ShouldBe(["p"]);
        diff.Resources.Removed.ShouldBe(["r"]);
        diff.ResourceTemplates.Added.ShouldBe(["t"]);
        diff.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Order_and_layout_are_no_change()
    {
        var before = new TargetCatalog { Tools = [Tool("a", 1), new("b", "d", Json("""{"type":"object","x":[1,2]}"""), null)] };
        var after = new TargetCatalog { Tools = [new("b", "d", Json("""{ "x" : [1, 2], "type" : "object" }"""), null), Tool("a", 1)] };

        CatalogDiff.Between(before, after).IsEmpty.ShouldBeTrue();
        CatalogDiff.Between(TargetCatalog.Empty, TargetCatalog.Empty).IsEmpty.ShouldBeTrue();
        CatalogDiff.Between(before, after with { Tools = [after.Tools[0] with { OutputSchema = Json("{}") }, after.Tools[1]] }).Tools.Changed.ShouldBe(["b"]);
    }

    private static ToolDefinition Tool(string name, int version) => new(name, "", Json("""{"type":"object"}"""), null) { Listed = Json($$"""{"name":"{{name}}","v":{{version}} }""") };

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
