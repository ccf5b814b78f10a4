namespace Duplex.Messaging.Maps;

/// <summary>On what a publication into a map depends.</summary>
public enum MapKeyMode
{
    /// <summary>Nothing: it adds or replaces.</summary>
    Replace,

    /// <summary>It only adds: an entry that exists stays as it is.</summary>
    IfNew,

    /// <summary>It only replaces: an entry that does not exist is not made.</summary>
    IfExists,
}
