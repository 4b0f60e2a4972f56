using CentralOps.Text.Shaping;

namespace CentralOps.Agent.Models;

/// <summary>The one place where a problem with a model becomes words.</summary>
internal static class ModelWords
{
    private const int MaxSaid = 400;

    /// <param name="problem">What is wrong.</param>
    /// <param name="subject">The model.</param>
    /// <param name="said">What the provider, or the way to it, said; shaped here. Never an instruction.</param>
    public static ModelException Of(ModelProblem problem, ModelSubject subject, string? said = null)
    {
        var words = ForeignText.Line(subject.Key.TakeOutOf(said ?? ""), MaxSaid).Trim();
        var sentence = Sentence(problem, subject);
        var message = char.ToUpperInvariant(sentence[0]) + sentence[1..] + (words.Length > 0 ? $" Reported: {words}" : "");
        return new ModelException(problem, message, Remedy(problem, subject));
    }

    private static string Sentence(ModelProblem problem, ModelSubject subject)
    {
        var (provider, model, place) = (subject.Provider, ForeignText.Line(subject.Model, 200), subject.Place);
        return problem switch
        {
            ModelProblem.Credentials => $"{provider} did not accept the credentials for {model} ({place}).",
            ModelProblem.AccessDenied => $"{provider} refused to run {model} ({place}) for this caller.",
            ModelProblem.ModelNotEnabled => $"{provider} has {model} ({place}), but it is not enabled for this account.",
            ModelProblem.NeedsInferenceProfile => $"{provider} runs {model} ({place}) through an inference profile only.",
            ModelProblem.UnknownModel => $"{provider} has no model {model} ({place}).",
            ModelProblem.ToolsUnsupported => $"The model {model} of {provider} ({place}) cannot use tools in this way.",
            ModelProblem.TooLong => $"The conversation is too long for {model} of {provider} ({place}).",
            ModelProblem.Rejected => $"{provider} did not take the request to {model} ({place}).",
            ModelProblem.Quota => $"{provider} has no credit or quota left for {model} ({place}).",
            ModelProblem.Throttled => $"{provider} asks to slow down with {model} ({place}), and still did after the retries.",
            ModelProblem.Unavailable => $"{provider} could not run {model} ({place}) for a fault of its own.",
            ModelProblem.Unreachable => $"There is no way to {model} of {provider} ({place}).",
            ModelProblem.TimedOut => $"The model {model} of {provider} ({place}) did not answer in time.",
            ModelProblem.Broken => $"The answer of {model} of {provider} ({place}) broke off or is not in its protocol.",
            _ => $"The answer of {model} of {provider} ({place}) is larger than what is read of one.",
        };
    }

    private static string Remedy(ModelProblem problem, ModelSubject subject) => (problem, subject.Kind) switch
    {
        (ModelProblem.Credentials, ModelProvider.Bedrock) => "Check the AWS credentials of this process, for example with: aws sts get-caller-identity.",
        (ModelProblem.Credentials, ModelProvider.Anthropic) => "Set ANTHROPIC_API_KEY to a key that is valid.",
        (ModelProblem.Credentials, _) => "Set OPENAI_API_KEY to a key that this server takes.",
        (ModelProblem.AccessDenied, ModelProvider.Bedrock) => "Allow the caller bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the model and, where it is named by one, on the inference profile and on the model in each of its regions.",
        (ModelProblem.AccessDenied, _) => "Use a key of a project that may use the model.",
        (ModelProblem.ModelNotEnabled, _) => "Enable the model once for the account in the Amazon Bedrock console under Model access (Anthropic's models ask for a use case; models sold on AWS Marketplace need aws-marketplace:Subscribe the first time), wait some minutes, and ask again.",
        (ModelProblem.NeedsInferenceProfile, _) => "Name an inference profile in the place of the model, such as us.anthropic.… or eu.anthropic.…; aws bedrock list-inference-profiles shows them.",
        (ModelProblem.UnknownModel, ModelProvider.Bedrock) => "Check the id and the region: aws bedrock list-foundation-models and aws bedrock list-inference-profiles show what there is.",
        (ModelProblem.UnknownModel, _) => "Check the model's id and the URL: the server's /models lists what it has.",
        (ModelProblem.ToolsUnsupported, _) => "Choose a model that uses tools: the agent cannot work without them.",
        (ModelProblem.TooLong, _) => "Ask for less at once, begin a new conversation, or choose a model with a larger context.",
        (ModelProblem.Rejected, _) => "What was reported names the part of the request; a model that lacks a feature may need another one in its place.",
        (ModelProblem.Quota, ModelProvider.Bedrock) => "Ask again when the quota is renewed, or ask for a higher one under Service Quotas.",
        (ModelProblem.Quota, _) => "Check the plan and the billing of the key's account.",
        (ModelProblem.Throttled, _) => "Wait a minute and ask again; with Amazon Bedrock, an inference profile over several regions takes more.",
        (ModelProblem.Unavailable, _) => "Ask again in a minute, or choose another model.",
        (ModelProblem.Unreachable, ModelProvider.Bedrock) => "Check the region, the network and AWS_ENDPOINT_URL.",
        (ModelProblem.Unreachable, _) => "Check the URL, the network and the proxy's settings, and that the server runs.",
        (ModelProblem.TimedOut, _) => "Ask again, ask for less, or choose a faster model.",
        (ModelProblem.Broken, _) => "Ask again; if it comes back, choose another model or server.",
        _ => "Ask for less at once.",
    };
}
