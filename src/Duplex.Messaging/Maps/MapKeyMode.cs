namespace Duplex.Messaging.Maps;

/// <summary>The condition of a publication into a map.</summary>
public enum MapKeyMode
{
    /// <summary>No condition: the publication adds or replaces the entry.</summary>
    Replace,

    /// <summary>The publication adds only: an existing entry stays unchanged.</summary>
    IfNew,

    /// <summary>The publication replaces only: an entry that does not exist is not created.</summary>
    IfExists,
}
