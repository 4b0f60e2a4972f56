using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Control;

/// <summary>
/// The sandbox's own API on its one port: faults and trail. Every request is signed with the operator's key for a service name that is
/// no service of AWS, so neither a web page nor any session that the sandbox hands out can use it.
/// </summary>
internal sealed class ControlDoor(Estate estate, IAccessKeys keys, string operatorKeyId, FaultRegistry faults, TrailLog trail, TimeProvider time)
{
    public const string SigningName = "centralops-sandbox";

    private const string FaultsPath = "/faults";
    private const int MaxBodyBytes = 16 * 1024;

    private static readonly SignatureRules Rules = new();

    public static bool IsFor(SignatureVerdict verdict) => string.Equals(verdict.Service, SigningName, StringComparison.Ordinal);

    public WireResponse Answer(WireRequest request)
    {
        // By the right time: who set the sandbox's clock wrong has to be able to take that back.
        var verdict = SignatureV4.Verify(request, keys, time.GetUtcNow(), Rules);
        if (!verdict.Accepted || !string.Equals(verdict.Key!.Id, operatorKeyId, StringComparison.Ordinal))
        {
            return Problem(403, verdict.Accepted ? "Only the operator of the sandbox may do this." : verdict.Message);
        }

        try
        {
            return (request.Method, request.Path) switch
            {
                ("GET", FaultsPath) => Json(json => JsonSerializer.Serialize(json, faults.All, ControlJson.Default.IReadOnlyListStandingFault)),
                ("POST", FaultsPath) => Add(request),
                ("DELETE", FaultsPath) => Json(json => WriteCount(json, faults.Clear())),
                ("DELETE", var path) when path.StartsWith(FaultsPath + "/", StringComparison.Ordinal) => Remove(path[(FaultsPath.Length + 1)..]),
                ("POST", "/trail") => Trail(request),
                _ => Problem(404, "There are /faults and /trail."),
            };
        }
        catch (SandboxRefusedException wrong)
        {
            return Problem(400, wrong.Message);
        }
        catch (JsonException unreadable)
        {
            return Problem(400, $"The body is not what is expected at {(unreadable.Path is { Length: > 0 } path ? path : "$")}.");
        }
    }

    private WireResponse Add(WireRequest request)
    {
        var fault = Read(request, ControlJson.Default.Fault);
        return Json(json => JsonSerializer.Serialize(json, faults.Add(fault), ControlJson.Default.StandingFault));
    }

    private WireResponse Remove(string id) => faults.Remove(id) ? Json(json => WriteCount(json, 1)) : Problem(404, $"There is no fault '{id}'.");

    private WireResponse Trail(WireRequest request)
    {
        var query = Read(request, ControlJson.Default.TrailQuery);
        query = query with { Account = query.Account is null ? null : estate.AccountIdOf(query.Account) };
        return Json(json =>
        {
            var last = trail.Last;
            json.WriteStartObject();
            json.WriteNumber("last", last);
            json.WriteStartArray("Records");
            foreach (var call in trail.Find(query).Where(call => call.Sequence <= last))
            {
                TrailRecord.Write(json, call);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static T Read<T>(WireRequest request, JsonTypeInfo<T> type)
    {
        if (request.Body.Length > MaxBodyBytes)
        {
            throw new SandboxRefusedException($"The body is longer than {MaxBodyBytes.ToString(CultureInfo.InvariantCulture)} bytes.");
        }

        return JsonSerializer.Deserialize(request.Body.Span, type) ?? throw new SandboxRefusedException("The body is null.");
    }

    private static void WriteCount(Utf8JsonWriter json, int count)
    {
        json.WriteStartObject();
        json.WriteNumber("removed", count);
        json.WriteEndObject();
    }

    private static WireResponse Problem(int status, string message)
    {
        var response = Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("message", message);
            json.WriteEndObject();
        });
        response.Status = status;
        return response;
    }

    private static WireResponse Json(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        var response = new WireResponse { Body = body.WrittenMemory };
        response.Headers.Add("Content-Type", "application/json");
        return response;
    }
}
