using Duplex.Messaging.Codes;

namespace Duplex.Server.Configuration;

/// <summary>What an error means to a client that can only be told of the end of its connection.</summary>
internal sealed record DisconnectTransform(uint Code, Disconnect To);
