namespace Duplex.Messaging.Maps;

/// <summary>Determines the entry that a client changes when it publishes into a map.</summary>
public enum MapClientKey
{
    /// <summary>The entry under the key that the client sends.</summary>
    Given,

    /// <summary>The entry under the client's id; the key that the client sends is ignored.</summary>
    ClientId,

    /// <summary>The entry under the user's id; the key that the client sends is ignored. Anonymous clients have no entry.</summary>
    UserId,
}
