namespace Duplex.Centrifuge.Codecs;

/// <summary>What surrounds a push.</summary>
public enum PushEnvelope
{
    /// <summary>A reply without id holds it: transports that carry commands.</summary>
    Reply,

    /// <summary>Nothing: one-way transports.</summary>
    Bare,
}
