using System.Security.Cryptography;

namespace Duplex.Messaging.Brokers;

/// <summary>Generates epochs of letters only, as other servers do; SDKs use the underscore as the mark of an invalidated state.</summary>
internal static class EpochLetters
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 8;

    public static string Next() => RandomNumberGenerator.GetString(Letters, Length);
}
