namespace Duplex.Messaging.Delta;

/// <summary>The positions at which a patch may cut its target.</summary>
internal enum DeltaAlignment
{
    /// <summary>Any position: the patch is sent as bytes.</summary>
    Bytes,

    /// <summary>Positions between UTF-8 characters: the patch is sent as text, which cannot carry a part of a character.</summary>
    Characters,
}
