using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CentralOps.Accounts.Directory;

/// <summary>Reads the accounts file by hand, because an error has to name the line and JSON's own readers do not tell it.</summary>
internal sealed class AccountsFile(byte[] json)
{
    private static readonly string[] Names = ["id", "name", "environment", "role", "tags", "status", "email", "organizational_unit"];

    private readonly List<Account> _accounts = [];
    private readonly HashSet<AccountId> _ids = [];

    public bool TryRead([NotNullWhen(true)] out IReadOnlyList<Account>? accounts, out int line, out string problem)
    {
        accounts = _accounts;
        (line, problem) = (0, "");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 8 });
        try
        {
            ReadFile(ref reader);
            return true;
        }
        catch (JsonException malformed)
        {
            line = (int)(malformed.LineNumber ?? 0) + 1;
            problem = "this is not JSON";
        }
        catch (AccountsFileException wrong)
        {
            line = LineAt(wrong.Offset);
            problem = wrong.Message;
        }

        return false;
    }

    private void ReadFile(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("accounts"u8))
            {
                throw Wrong(reader, "the object has to hold the list as \"accounts\", and nothing else");
            }

            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(reader, "a list of accounts has to stand here: [{\"id\": \"111111111111\", \"name\": \"Production\"}]");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadAccount(ref reader);
        }

        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.EndObject)
            {
                throw Wrong(reader, "nothing may follow the list of accounts");
            }
        }
    }

    private void ReadAccount(ref Utf8JsonReader reader)
    {
        var start = reader;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(reader, "an account is an object with id and name");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                var nearest = Nearest.To(name, Names, 1);
                throw Wrong(reader, $"an account has no field \"{name}\"{(nearest.Count > 0 ? $"; did you mean \"{nearest[0]}\"?" : $"; it has {string.Join(", ", Names)}")}");
            }

            reader.Read();
            if (name is "tags")
            {
                ReadTags(ref reader, tags);
            }
            else
            {
                fields[name] = Text(reader, name);
            }
        }

        var id = Required(start, fields, "id");
        if (!AccountId.TryParse(id, out var account))
        {
            throw Wrong(start, $"the account's id \"{id}\" is not 12 digits");
        }

        if (!_ids.Add(account))
        {
            throw Wrong(start, $"account {id} is listed twice");
        }

        if (fields.GetValueOrDefault("environment") is { } environment)
        {
            tags.TryAdd("environment", environment);
        }

        _accounts.Add(new Account
        {
            Id = account,
            Name = Required(start, fields, "name"),
            Status = fields.GetValueOrDefault("status") ?? Account.Active,
            Email = fields.GetValueOrDefault("email"),
            OrganizationalUnit = fields.GetValueOrDefault("organizational_unit"),
            Role = fields.GetValueOrDefault("role") is { } role ? Role(start, role) : null,
            Tags = tags,
        });
    }

    private static void ReadTags(ref Utf8JsonReader reader, Dictionary<string, string> tags)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(reader, "tags are an object, such as {\"team\": \"payments\"}");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = PlainText.Data(reader.GetString()!);
            reader.Read();
            tags[key] = Text(reader, $"tags.{key}");
        }
    }

    private static string Role(in Utf8JsonReader at, string role) =>
        RoleName.IsValid(role)
            ? role
            : throw Wrong(at, $"the role \"{role}\" is not a role's name; write it as in CentralOpsTargetRole, or with its path as in ops/CentralOpsTargetRole");

    private static string Required(in Utf8JsonReader at, Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.Length > 0 ? value : throw Wrong(at, $"the account has no {name}");

    private static string Text(in Utf8JsonReader reader, string name) =>
        reader.TokenType == JsonTokenType.String ? PlainText.Data(reader.GetString()!) : throw Wrong(reader, $"{name} has to be a string");

    private static AccountsFileException Wrong(in Utf8JsonReader at, string problem) => new(at.TokenStartIndex, problem);

    private int LineAt(long offset) => json.AsSpan(0, (int)Math.Min(offset, json.Length)).Count((byte)'\n') + 1;

    private sealed class AccountsFileException(long offset, string problem) : Exception(problem)
    {
        public long Offset { get; } = offset;
    }
}
