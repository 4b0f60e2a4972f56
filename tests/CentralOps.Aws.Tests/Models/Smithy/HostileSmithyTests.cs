using System.Text;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Models.Smithy;

public sealed class HostileSmithyTests
{
    private const string Service = """ "a#S":{"type":"service","version":"1","operations":[{"target":"a#O"}],"traits":{"aws.protocols#awsJson1_0":{}}} """;
    private const string Operation = """ "a#O":{"type":"operation","input":{"target":"a#I"}} """;

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "version (member 'smithy')")]
    [InlineData("""{"smithy":"1.0"}""", "version '1.0'")]
    [InlineData("""{"smithy":"2.0","smithy":"2.0"}""", "valid JSON")]
    [InlineData("""{"smithy":"2.0"}""", "no service")]
    [InlineData("""{"smithy":"2.0","shapes":[]}""", "shapes is not an object")]
    [InlineData("""{"smithy":"2.0","shapes":{"a#S":{"type":"service"},"a#T":{"type":"service"}}}""", "a#S, a#T")]
    [InlineData("""{"smithy":"2.0","shapes":{"a#S":{"type":"service"}}}""", "none of the protocols")]
    [InlineData("""{"smithy":"2.0","shapes":{"a#S":{"type":"service","traits":[]}}}""", "a#S's traits is not an object")]
    [InlineData("""{"smithy":"2.0","shapes":{"a#S":{"type":"service","operations":{},"traits":{"aws.protocols#awsJson1_0":{}}}}}""", "a#S's operations is not a list")]
    public void What_is_no_model_is_refused_in_words(string json, string words) => Refused(json).ShouldContain(words);

    [Theory]
    [InlineData("\"x\":1", "a#S refers to a#O")]
    [InlineData("\"a#O\":{\"type\":\"structure\"}", "a#O stands where the type operation is needed, and has the type structure")]
    [InlineData("\"a#O\":{\"type\":\"operation\",\"input\":\"a#I\"}", "a#O's input is not an object")]
    [InlineData("\"a#O\":{\"type\":\"operation\",\"input\":{\"target\":\"a#I\"}}", "a#O refers to a#I")]
    [InlineData("\"a#O\":{\"type\":\"operation\",\"errors\":[{\"target\":\"a#Gone\"}]}", "a#O refers to a#Gone")]
    [InlineData("\"a#O$x\":{\"type\":\"apply\",\"traits\":{}},\"a#O\":{\"type\":\"operation\"}", "a#O$x")]
    [InlineData("\"a#Gone$x\":{\"type\":\"apply\",\"traits\":{}},\"a#O\":{\"type\":\"operation\"}", "a#Gone$x")]
    public void What_an_operation_refers_to_is_named_when_it_is_not_there(string shapes, string words) =>
        Refused(Model(Service, shapes)).ShouldContain(words);

    [Theory]
    [InlineData("""{"type":"structure","members":{"M":{"target":"a#Gone"}}}""", "a#I$M refers to a#Gone")]
    [InlineData("""{"type":"structure","members":{"M":{"target":"a#O"}}}""", "a#O has the type operation")]
    [InlineData("""{"type":"structure","members":{"M":{}}}""", "a#I$M's target is not a string")]
    [InlineData("""{"type":"structure","members":{"M":7}}""", "a#I$M is not an object")]
    [InlineData("""{"type":"structure","members":[]}""", "a#I's members is not an object")]
    [InlineData("""{"type":"list"}""", "a#I$member is not an object")]
    [InlineData("""{"type":"riddle"}""", "a#I has the type riddle")]
    [InlineData("""{"members":{}}""", "a#I's type is not a string")]
    [InlineData("""{"type":"structure","mixins":[{"target":"a#I"}]}""", "a#I -> a#I")]
    [InlineData("""{"type":"structure","mixins":[{"target":"a#Gone"}]}""", "a#I refers to a#Gone")]
    [InlineData("""{"type":"structure","mixins":[{"target":"smithy.api#Unit"}]}""", "no trait 'mixin'")]
    [InlineData("""{"type":"structure","members":{"M":{"target":"smithy.api#Timestamp","traits":{"smithy.api#timestampFormat":"sundial"}}}}""", "'sundial'")]
    [InlineData("""{"type":"structure","members":{"M":{"target":"smithy.api#String","traits":{"smithy.api#timestampFormat":7}}}}""", "a#I$M's trait timestampFormat is not a string")]
    public void A_shape_that_cannot_be_is_refused_with_what_and_where(string shape, string words) =>
        Refused(Model(Service, Operation, "\"a#I\":" + shape)).ShouldContain(words);

    [Fact]
    public void A_ring_and_a_tower_of_mixins_are_refused()
    {
        Refused(Mixins(2, ring: true)).ShouldContain("lead back");
        Refused(Mixins(5_000, ring: false)).ShouldContain("nested deeper than 32");
    }

    [Fact]
    public void Shapes_within_shapes_may_be_as_many_as_they_like()
    {
        var lists = Enumerable.Range(0, 20_000).Select(i => $$""" "a#L{{i}}":{"type":"list","member":{"target":"a#L{{i + 1}}"} } """);

        var model = Read(Model([Service, Operation, """ "a#I":{"type":"structure","members":{"M":{"target":"a#L0"}}} """, """ "a#L20000":{"type":"string"} """, .. lists]));

        model.Operation("O").Input!.FindMember("M")!.Shape.Kind.ShouldBe(ShapeKind.List);
    }

    [Fact]
    public void JSON_deeper_than_any_model_is_refused() =>
        Refused($$"""{"smithy":"2.0","metadata":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""").ShouldContain("deeper");

    [Fact]
    public void No_change_of_a_byte_does_more_than_refuse_the_model()
    {
        var json = Encoding.UTF8.GetBytes(Model(
            Service,
            Operation,
            """ "a#I":{"type":"structure","mixins":[{"target":"a#X"}],"members":{"M":{"target":"a#L","traits":{"smithy.api#required":{},"smithy.api#default":1}}}} """,
            """ "a#X":{"type":"structure","members":{},"traits":{"smithy.api#mixin":{"localTraits":["a"]}}} """,
            """ "a#L":{"type":"list","member":{"target":"smithy.api#String","traits":{"smithy.api#xmlName":"x"}}} """));
        Read(Encoding.UTF8.GetString(json)).Operation("O");
        var random = new Random(20260122);
        for (var i = 0; i < 3_000; i++)
        {
            var broken = (byte[])json.Clone();
            broken[random.Next(broken.Length)] = (byte)"{}[]\":,0ax#$ "[random.Next(13)];
            try
            {
                var model = ServiceModel.ReadSmithy(broken);
                foreach (var name in model.OperationNames)
                {
                    _ = model.Operation(name).Input?.Members.Select(member => member.Shape.Kind).ToList();
                }
            }
            catch (FormatException)
            {
                // Refused, as it should be.
            }
        }
    }

    private static string Mixins(int count, bool ring)
    {
        var shapes = new List<string> { Service, Operation };
        for (var i = 0; i < count; i++)
        {
            var next = i + 1 < count ? Target(i + 1) : ring ? Target(0) : "";
            shapes.Add("\"" + Id(i) + "\":{\"type\":\"structure\",\"members\":{},\"traits\":{\"smithy.api#mixin\":{}},\"mixins\":[" + next + "]}");
        }

        return Model([.. shapes]);

        static string Id(int i) => i == 0 ? "a#I" : $"a#M{i}";
        static string Target(int i) => "{\"target\":\"" + Id(i) + "\"}";
    }

    private static string Model(params string[] shapes) => "{\"smithy\":\"2.0\",\"shapes\":{" + string.Join(',', shapes) + "}}";

    private static ServiceModel Read(string json) => ServiceModel.ReadSmithy(Encoding.UTF8.GetBytes(json));

    private static string Refused(string json) => Should.Throw<FormatException>(() => Read(json)).Message;
}
