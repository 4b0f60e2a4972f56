using System.Security.Cryptography;
using CentralOps.Cli.Running;
using Microsoft.Data.Sqlite;

namespace CentralOps.Cli.Agents.Chats;

/// <summary>Chats, kept until a hundred newer ones are there.</summary>
internal sealed class ChatStore(SqliteConnection connection, TimeProvider time) : IAsyncDisposable
{
    private const int MostChats = 100;

    /// <summary>Answers of one chat whose trace is kept.</summary>
    private const int MostAnswers = 500;

    private const string Columns = "id, started, last, model, title, answers, messages";

    public static async Task<ChatStore> OpenAsync(StateDirectory state, TimeProvider time, CancellationToken cancellationToken) => new(await ChatFile.OpenAsync(state, cancellationToken), time);

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<Chat>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = Command($"SELECT {Columns} FROM chat ORDER BY last DESC, id LIMIT {MostChats}");
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var chats = new List<Chat>();
            while (await reader.ReadAsync(cancellationToken))
            {
                chats.Add(new Chat(reader.GetString(0), At(reader.GetInt64(1)), At(reader.GetInt64(2)), reader.GetString(3), reader.GetString(4), reader.GetInt64(5), reader.GetString(6)));
            }

            return chats;
        }
        catch (SqliteException)
        {
            throw new CommandFailedException($"The chats cannot be read: {ChatFile.Name} in the state directory is damaged, or another process holds it. Move it away to begin anew.");
        }
    }

    /// <summary>A chat that nobody has kept yet.</summary>
    public Chat New(string model) => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), time.GetUtcNow(), time.GetUtcNow(), model, "", 0, "[]");

    /// <summary>Keeps a chat with an answer more.</summary>
    /// <param name="answer">With its trace, as JSON.</param>
    /// <exception cref="CommandFailedException">Another process went on with it, or it cannot be written.</exception>
    public async Task<Chat> SaveAsync(Chat chat, string question, string messages, string answer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = chat with { Last = now, Title = chat.Title.Length > 0 ? chat.Title : question, Answers = chat.Answers + 1, Messages = messages };
        try
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            await using var save = Command(
                $"INSERT INTO chat ({Columns}) VALUES ($id, $started, $last, $model, $title, $answers, $messages) ON CONFLICT (id) DO UPDATE SET last = $last, model = $model, answers = $answers, messages = $messages WHERE answers = $answers - 1",
                ("$id", kept.Id), ("$started", Milliseconds(kept.Started)), ("$last", Milliseconds(now)), ("$model", kept.Model), ("$title", kept.Title), ("$answers", kept.Answers), ("$messages", messages));
            if (await save.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                throw new CommandFailedException($"Another 'centralops chat' went on with {kept.Id} meanwhile: this answer is not kept. Go on from there with --resume {kept.Id}.");
            }

            await using var add = Command("INSERT INTO answer (chat, number, at, json) VALUES ($id, $number, $at, $json)", ("$id", kept.Id), ("$number", kept.Answers), ("$at", Milliseconds(now)), ("$json", answer));
            await add.ExecuteNonQueryAsync(cancellationToken);
            await using var trim = Command("DELETE FROM answer WHERE chat = $id AND number <= $old", ("$id", kept.Id), ("$old", kept.Answers - MostAnswers));
            await trim.ExecuteNonQueryAsync(cancellationToken);
            await using var forget = Command($"DELETE FROM chat WHERE id NOT IN (SELECT id FROM chat ORDER BY last DESC, id LIMIT {MostChats})");
            await forget.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return kept;
        }
        catch (SqliteException)
        {
            throw new CommandFailedException("The chat cannot be kept: see that there is room on the disk, and that no other 'centralops chat' hangs.");
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
