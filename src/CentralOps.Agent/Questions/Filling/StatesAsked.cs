namespace CentralOps.Agent.Questions.Filling;

/// <summary>States, in AWS's words.</summary>
internal static class StatesAsked
{
    private static readonly string[] OfInstance = ["running", "stopped", "pending", "terminated", "stopping", "shutting-down"];

    public static string? OfInstances(Question question) =>
        Array.Find(OfInstance, state => question.Says(state)) ?? (question.Says("switched off", "turned off", "powered off") ? "stopped" : question.Says("powered on", "turned on") ? "running" : null);

    public static string? OfAlarms(Question question) =>
        question.Says("insufficient", "insufficient data", "insufficient_data", "without data", "without enough data", "no data", "enough data", "missing data") ? "INSUFFICIENT_DATA"
        : question.Says("firing", "in alarm", "in alarm state", "ringing", "going off", "triggered", "red", "active", "went off", "breaching") ? "ALARM"
        : question.Says("ok", "in ok", "green") ? "OK"
        : null;
}
