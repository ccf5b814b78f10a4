using Duplex.Configuration;

namespace Showcase.Visitors;

/// <summary>
/// Limits for visitors. A key costs nothing, so a limit per user only prevents users from disturbing each other; the limit
/// per address (<see cref="AddressGroup"/>) prevents a machine from using more than its share.
/// </summary>
public sealed class VisitorOptions
{
    /// <summary>The maximum number of open connections per address; further ones are rejected with 429. Default 200.</summary>
    [NumberRange(1, int.MaxValue, "connections")]
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>The maximum number of registered names per address; a further one replaces the address's oldest. Default 500.</summary>
    [NumberRange(1, int.MaxValue, "names")]
    public int NamesPerAddress { get; set; } = 500;

    /// <summary>The maximum number of registered names; a further one replaces the oldest. Default 20,000.</summary>
    [NumberRange(1, int.MaxValue, "names")]
    public int MaxNames { get; set; } = 20_000;

    /// <summary>The rate limits of a user, across all its connections; applications add those of their own acts.</summary>
    public Rates Person { get; } = new()
    {
        [Act.Connect] = new(60, 6),
        [Act.Call] = new(300, 40),
        [Act.Message] = new(10, 1),
        [Act.Character] = new(10_000, 500),
        [Act.Sign] = new(20, 4),
    };

    /// <summary>The rate limits of an address, across all its users; applications add those of their own acts.</summary>
    public Rates Address { get; } = new()
    {
        [Act.Connect] = new(200, 20),
        [Act.Call] = new(1500, 200),
        [Act.Message] = new(60, 5),
        [Act.Character] = new(40_000, 2000),
        [Act.Sign] = new(100, 20),
    };

    internal void CheckRates(OptionFaults faults)
    {
        const string Fault = "every limit has a burst of at least 1 and refills by more than 0 per second.";
        if (!Person.AreValid) faults.Add(nameof(Person), Fault);
        if (!Address.AreValid) faults.Add(nameof(Address), Fault);
    }
}
