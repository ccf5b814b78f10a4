namespace Duplex.Messaging.Delta;

/// <summary>Where a patch may cut its target.</summary>
public enum DeltaAlignment
{
    /// <summary>Anywhere: the patch travels as bytes.</summary>
    Bytes,

    /// <summary>Between UTF-8 characters only: the patch travels as text, which cannot hold half a character.</summary>
    Characters,
}
