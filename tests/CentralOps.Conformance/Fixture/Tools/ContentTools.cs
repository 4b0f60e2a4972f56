namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>Tools that answer at once, with each kind of content.</summary>
internal static class ContentTools
{
    public static IReadOnlyList<FixtureTool> All { get; } =
    [
        FixtureTool.Of("test_simple_text", "Answers with a text.", _ => Content.Of(Content.Text("This is a simple text response for testing."))),
        FixtureTool.Of("test_image_content", "Answers with an image.", _ => Content.Of(Content.Image())),
        FixtureTool.Of("test_audio_content", "Answers with a sound.", _ => Content.Of(Content.Audio())),
        FixtureTool.Of(
            "test_embedded_resource",
            "Answers with a resource.",
            _ => Content.Of(Content.Resource("test://embedded-resource", "text/plain", "This is an embedded resource content."))),
        FixtureTool.Of(
            "test_multiple_content_types",
            "Answers with a text, an image and a resource.",
            _ => Content.Of(
                Content.Text("Multiple content types test:"),
                Content.Image(),
                Content.Resource("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""))),
        FixtureTool.Of("test_error_handling", "Fails every time.", _ => Content.Error("This tool intentionally returns an error for testing")),
    ];
}
