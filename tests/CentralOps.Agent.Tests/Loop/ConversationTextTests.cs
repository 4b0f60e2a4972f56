using CentralOps.Agent.Tests.Fixtures;

namespace CentralOps.Agent.Tests.Loop;

/// <summary>A conversation that is kept and gone on with.</summary>
public sealed class ConversationTextTests
{
    [Fact]
    public async Task What_is_read_back_shows_a_model_the_same()
    {
        var conversation = new Conversation();
        var model = new ScriptedModel(ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222", "limit": 2}""")), new("Two."), new("Still."), new("Still."));
        await Asked.AskAsync(model, new OwnTools(), conversation: conversation);
        var read = ConversationText.TryRead(ConversationText.Write(conversation)).ShouldNotBeNull();
        await Asked.AskAsync(model, new OwnTools(), conversation: conversation, question: "And now?");
        await Asked.AskAsync(model, new OwnTools(), conversation: read, question: "And now?");
        model.Shown[3].Messages.ShouldBe(model.Shown[2].Messages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[5]")]
    [InlineData("""[{"role": "user"}]""")]
    [InlineData("""[{"role": "assistant", "parts": [{"call": "1", "tool": "t", "arguments": {}}]}]""")]
    [InlineData("""[{"role": "tool", "parts": [{"result_of": 5, "text": "x"}]}]""")]
    public void What_is_no_conversation_is_none(string text) => ConversationText.TryRead(text).ShouldBeNull();
}
