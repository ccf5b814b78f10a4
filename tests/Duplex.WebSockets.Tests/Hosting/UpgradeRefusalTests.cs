using System.Reflection;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Tests.Hosting;

/// <summary>Every refusal of a handshake states what is wrong and what to change.</summary>
public sealed class UpgradeRefusalTests
{
    public static TheoryData<UpgradeFault> Faults => [.. Enum.GetValues<UpgradeFault>().Where(static fault => fault != UpgradeFault.None)];

    public static TheoryData<string> Names => [.. typeof(UpgradeRefusal)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Select(static property => property.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_of_a_request_has_a_reason_and_advice(UpgradeFault fault) => ShouldExplain(UpgradeRefusal.Of(fault));

    [Theory]
    [MemberData(nameof(Names))]
    public void Refusal_of_a_server_has_a_reason_and_advice(string name) =>
        ShouldExplain((UpgradeRefusal)typeof(UpgradeRefusal).GetProperty(name)!.GetValue(null)!);

    private static void ShouldExplain(UpgradeRefusal refusal)
    {
        Assert.EndsWith(".", refusal.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Advice, StringComparison.Ordinal);
        Assert.InRange(refusal.Status, 400, 599);
    }
}
