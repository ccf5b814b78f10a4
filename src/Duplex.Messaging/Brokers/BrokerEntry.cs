namespace Duplex.Messaging.Brokers;

/// <summary>What a broker in memory keeps of one channel. Whoever reads or changes it holds its lock.</summary>
internal abstract class BrokerEntry(string channel, string ns)
{
    public Lock Gate { get; } = new();

    public string Channel { get; } = channel;

    /// <summary>The namespace whose entries are counted together.</summary>
    public string Namespace { get; } = ns;

    /// <summary>Whether the entry was dropped; the caller takes a new one.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>The last use on the broker's clock.</summary>
    public long UsedAt { get; set; }

    /// <summary>When the sweep looks at it next; 0 when it does not.</summary>
    public long LookAt { get; set; }

    /// <summary>Whether nothing is in it but a position.</summary>
    public abstract bool IsEmpty { get; }
}
