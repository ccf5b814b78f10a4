using Duplex.Messaging.Errors;

namespace Showcase.Visitors;

/// <summary>The allowance of a visitor: an act is counted against both the user's and the address's allowance.</summary>
/// <param name="address">The visitor's <see cref="AddressGroup"/>.</param>
/// <param name="userAllowance">The user's allowance; null for a visitor without a key.</param>
/// <param name="addressAllowance">The address's allowance.</param>
public sealed class VisitorAllowance(string address, Allowance? userAllowance, Allowance addressAllowance)
{
    /// <summary>The visitor's <see cref="AddressGroup"/>.</summary>
    public string Address { get; } = address;

    /// <summary>Counts an act.</summary>
    /// <exception cref="ClientException">429, with the time to wait, when an allowance is exhausted.</exception>
    public void Take(Act act, int amount = 1)
    {
        if (userAllowance is not null && !userAllowance.TryTake(act, amount, out var wait)) throw TooMuch(act, wait);
        if (!addressAllowance.TryTake(act, amount, out wait)) throw TooMuch(act, wait);
    }

    internal static ClientException TooMuch(Act act, TimeSpan wait) => new(429, $"{act.Excess}: try again in {Seconds(wait)}.", isTemporary: true);

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)) is var seconds and > 1 ? $"{seconds} seconds" : "a second";
}
