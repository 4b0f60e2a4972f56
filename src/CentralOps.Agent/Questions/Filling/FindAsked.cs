using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>What find_resource would look for.</summary>
internal static class FindAsked
{
    /// <summary>The most telling first.</summary>
    private static readonly ThingKind[] Order = [ThingKind.Arn, ThingKind.Id, ThingKind.Address, ThingKind.Host, ThingKind.Name];

    /// <returns>Null where the question names nothing that can be found.</returns>
    public static string? WhatOf(Reading reading)
    {
        foreach (var kind in Order)
        {
            if (reading.Things.Of(kind).FirstOrDefault() is { } what)
            {
                return what;
            }
        }

        return null;
    }
}
