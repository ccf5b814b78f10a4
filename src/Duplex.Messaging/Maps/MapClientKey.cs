namespace Duplex.Messaging.Maps;

/// <summary>Which entry a client changes when it publishes into a map.</summary>
public enum MapClientKey
{
    /// <summary>The one it names.</summary>
    Given,

    /// <summary>The one under its client id, whatever it names.</summary>
    ClientId,

    /// <summary>The one under its user id, whatever it names; anonymous clients have none.</summary>
    UserId,
}
