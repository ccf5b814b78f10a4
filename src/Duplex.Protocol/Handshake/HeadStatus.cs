namespace Duplex.Protocol.Handshake;

/// <summary>What a <see cref="HeadScanner"/> has found.</summary>
internal enum HeadStatus : byte
{
    /// <summary>The head has not ended.</summary>
    Incomplete,

    /// <summary>The head has ended with its empty line.</summary>
    Complete,

    /// <summary>A line ends without CRLF.</summary>
    Malformed,

    /// <summary>The head exceeds a limit.</summary>
    TooLarge,
}
