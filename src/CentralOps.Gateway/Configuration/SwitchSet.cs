using CentralOps.Gateway.Control;

namespace CentralOps.Gateway;

/// <summary>All compatibility switches, those of the data plane and those of the control plane. docs/decisions/09-compatibility-switches.md and 19</summary>
public sealed record SwitchSet
{
    public CompatibilitySwitches Serving { get; init; } = new();

    public ControlSwitches Control { get; init; } = new();
}
