namespace Duplex.Centrifuge.Codecs;

/// <summary>The message that encloses a push.</summary>
internal enum PushEnvelope
{
    /// <summary>A reply without an id, for transports that carry commands.</summary>
    Reply,

    /// <summary>None, for one-way transports.</summary>
    Bare,
}
