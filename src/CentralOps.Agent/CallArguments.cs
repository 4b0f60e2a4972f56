using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Agent.Context;
using CentralOps.Agent.Models.Conversation;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>The arguments that a model wrote, as JSON.</summary>
internal static class CallArguments
{
    public static JsonElement None => CallInput.Empty;

    /// <returns>Null where they are none, or too large.</returns>
    public static JsonElement? Of(FunctionCallContent call)
    {
        if (call.Exception is not null)
        {
            return null;
        }

        try
        {
            var input = CallInput.Write(call.Arguments);
            return JsonMarshal.GetRawUtf8Value(input).Length <= ContextLimits.Arguments ? input : null;
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or JsonException)
        {
            // Half a surrogate pair, or deeper than JSON is written.
            return null;
        }
    }
}
