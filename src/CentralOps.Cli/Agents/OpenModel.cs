using System.Security.Cryptography;
using CentralOps.Agent;
using CentralOps.Agent.Budgets;
using CentralOps.Agent.Fencing;
using CentralOps.Agent.Models;
using CentralOps.Agent.Toolbox;
using CentralOps.Aws.Calls;
using CentralOps.Cli.Up.RealAccounts;
using Microsoft.Extensions.AI;

namespace CentralOps.Cli.Agents;

/// <summary>A model that can be asked, with the connections that it needs.</summary>
internal sealed class OpenModel : IDisposable
{
    private readonly IChatClient _client;
    private readonly IReadOnlyList<HttpMessageInvoker> _connections;

    private OpenModel(IChatClient client, IReadOnlyList<HttpMessageInvoker> connections) => (_client, _connections) = (client, connections);

    /// <summary>Nothing is sent yet; what is missing is told now.</summary>
    /// <param name="variable">The process environment.</param>
    public static OpenModel Of(ModelChoice choice, Func<string, string?> variable, TimeProvider time)
    {
        // A key goes to the URL that was named and nowhere else.
        var connections = new List<HttpMessageInvoker> { new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) };
        try
        {
            var connection = new ModelConnection { Http = connections[0], Setting = variable, Time = time };
            if (choice.Provider is ModelProvider.Bedrock)
            {
                connection = WithAws(connection, variable, connections, time);
            }

            return ChatModels.TryOpen(choice, connection, out var client, out var problem) ? new OpenModel(client, connections) : throw new CommandFailedException(problem);
        }
        catch
        {
            connections.ForEach(static opened => opened.Dispose());
            throw;
        }
    }

    public OperationsAgent Agent(IAgentTools tools, Budget budget, TimeProvider time) => new(_client, tools, new AgentSettings
    {
        Budget = budget,
        Time = time,
        Fence = new Fence(static () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
    });

    public void Dispose()
    {
        _client.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    // The person's own credentials and AWS's standard settings, as everywhere.
    private static ModelConnection WithAws(ModelConnection connection, Func<string, string?> variable, List<HttpMessageInvoker> connections, TimeProvider time)
    {
        var problems = new List<string>();
        if (ProfileSettings.Open(name: null, variable, time, problems) is { } profile)
        {
            var http = new HttpMessageInvoker(AwsHttp.CreateHandler(ProfileSettings.Transport(profile, problems)));
            connections.Add(http);
            connection = connection with { Aws = ProfileSettings.Client(profile, http, time, problems), Credentials = profile.Credentials, Region = profile.Region };
        }

        return problems.Count == 0 ? connection : throw new CommandFailedException(string.Join('\n', problems));
    }
}
