namespace Showcase.Visitors;

/// <summary>
/// What visitors may do. Keys are free, so a limit for a person keeps people from being in each other's way, and only the
/// limit for an address (<see cref="AddressGroup"/>) keeps a machine from taking more than its share.
/// </summary>
public sealed class VisitorOptions
{
    /// <summary>Connections an address may have open. Default 200; at least 1.</summary>
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>Names an address may hold; a further one gives up its oldest. Default 500; at least 1.</summary>
    public int NamesPerAddress { get; set; } = 500;

    /// <summary>Names held in all; a further one gives up the oldest. Default 20,000; at least 1.</summary>
    public int MaxNames { get; set; } = 20_000;

    /// <summary>What one person may do on all connections together.</summary>
    public Rates Person { get; } = new()
    {
        [Act.Connect] = new(60, 6),
        [Act.Call] = new(300, 40),
        [Act.Order] = new(100, 10),
        [Act.Message] = new(10, 1),
        [Act.Character] = new(10_000, 500),
        [Act.Sign] = new(20, 4),
    };

    /// <summary>What all people of one address may do together.</summary>
    public Rates Address { get; } = new()
    {
        [Act.Connect] = new(200, 20),
        [Act.Call] = new(1500, 200),
        [Act.Order] = new(200, 20),
        [Act.Message] = new(60, 5),
        [Act.Character] = new(40_000, 2000),
        [Act.Sign] = new(100, 20),
    };

    internal bool AreValid =>
        ConnectionsPerAddress >= 1 && NamesPerAddress >= 1 && MaxNames >= 1 && Person.AreValid && Address.AreValid;
}
