using CentralOps.Cli.Agents.Chats;
using CentralOps.Cli.Running;

namespace CentralOps.Cli.Tests.Agents;

/// <summary>Chats as they are kept.</summary>
public sealed class ChatStoreTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("centralops-").FullName, "made");

    [Fact]
    public async Task A_chat_is_kept_and_listed_the_latest_first()
    {
        await using var store = await OpenAsync();
        var one = await store.SaveAsync(store.New("m:1"), "First question?", "[1]", "{}", CancellationToken.None);
        var two = await store.SaveAsync(store.New("m:2"), "Second question?", "[]", "{}", CancellationToken.None);
        one = await store.SaveAsync(one, "Third question?", "[2]", "{}", CancellationToken.None);
        var chats = await store.ListAsync(CancellationToken.None);
        chats.Select(static chat => chat.Id).ShouldBe([one.Id, two.Id], ignoreOrder: true);
        var kept = chats.Single(chat => chat.Id == one.Id);
        (kept.Title, kept.Answers, kept.Messages, kept.Model).ShouldBe(("First question?", 2, "[2]", "m:1"));
    }

    [Fact]
    public async Task Of_two_that_go_on_with_one_chat_the_later_is_refused()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        var chat = await store.SaveAsync(store.New("m"), "One?", "[]", "{}", CancellationToken.None);
        await other.SaveAsync(chat, "Two?", "[2]", "{}", CancellationToken.None);
        (await Should.ThrowAsync<CommandFailedException>(() => store.SaveAsync(chat, "Two, too?", "[3]", "{}", CancellationToken.None))).Message.ShouldContain($"--resume {chat.Id}");
        (await store.ListAsync(CancellationToken.None)).ShouldHaveSingleItem().Messages.ShouldBe("[2]");
    }

    [Fact]
    public async Task No_more_than_a_hundred_are_kept()
    {
        await using var store = await OpenAsync();
        for (var number = 0; number < 103; number++)
        {
            await store.SaveAsync(store.New("m"), $"{number}?", "[]", "{}", CancellationToken.None);
        }

        (await store.ListAsync(CancellationToken.None)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task The_file_and_its_directory_are_their_owners_alone_also_when_they_were_open_before()
    {
        Directory.CreateDirectory(_path);
        await File.WriteAllBytesAsync(Path.Combine(_path, ChatFile.Name), []);
        File.SetUnixFileMode(Path.Combine(_path, ChatFile.Name), (UnixFileMode)0b110_110_110);
        await using var store = await OpenAsync();
        await store.SaveAsync(store.New("m"), "One?", "[]", "{}", CancellationToken.None);
        Directory.GetFiles(_path).ShouldAllBe(static file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task What_is_no_file_of_chats_is_a_sentence()
    {
        Directory.CreateDirectory(_path);
        await File.WriteAllTextAsync(Path.Combine(_path, ChatFile.Name), new string('x', 5000));
        (await Should.ThrowAsync<CommandFailedException>(OpenAsync)).Message.ShouldContain("--state DIR");
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private Task<ChatStore> OpenAsync() => ChatStore.OpenAsync(StateDirectory.At(_path), TimeProvider.System, CancellationToken.None);
}
