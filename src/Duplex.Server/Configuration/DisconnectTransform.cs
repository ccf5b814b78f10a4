using Duplex.Messaging.Codes;

namespace Duplex.Server.Configuration;

/// <summary>Maps an error code to the disconnect that a one-way client receives, because one-way transports cannot carry errors.</summary>
internal sealed record DisconnectTransform(uint Code, Disconnect To);
