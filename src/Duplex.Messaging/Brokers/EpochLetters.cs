using System.Security.Cryptography;

namespace Duplex.Messaging.Brokers;

/// <summary>Makes epochs: letters only, as other servers have them; the underscore is the sentinel of a client whose state was invalidated.</summary>
internal static class EpochLetters
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 8;

    public static string Next() => RandomNumberGenerator.GetString(Letters, Length);
}
