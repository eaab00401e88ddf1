using System.Globalization;

namespace MsaShop.EndToEnd.Tests;

/// <summary>What somebody who runs the tests can set, by an environment variable.</summary>
public static class TestSetting
{
    /// <summary>The number that the variable has; another one if it is not set.</summary>
    public static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
