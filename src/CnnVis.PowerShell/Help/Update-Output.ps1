<#
.SYNOPSIS
    Runs the examples of the help pages and puts what they write into the pages.
.DESCRIPTION
    Each ```powershell block that a ```text block follows is run at the top of the clone, in a process of its own, and the text becomes what it wrote.
    ```powershell (needs a file) is not run. Call it as: dotnet run --project src/CnnVis.Host -- src/CnnVis.PowerShell/Help/Update-Output.ps1
.PARAMETER Page
    The pages, with wildcards.
#>
param([string] $Page = '*')

# The pages show the small network, which answers at once; the tests run their examples with it too.
$root = [IO.Path]::GetFullPath("$PSScriptRoot/../../..")
$env:CNNVIS_OPTIONS = "$root/tests/Pester/fixtures/options.json"
[Environment]::CurrentDirectory = $root
Set-Location $root
$example = [regex] '(?ms)^```powershell\n(?<code>(?:(?!```).)*?)\n```\n\n```text\n.*?^```$'
foreach ($file in [IO.Directory]::GetFiles($PSScriptRoot, "$Page.md")) {
    $text = [IO.File]::ReadAllText($file)
    $updated = $example.Replace($text, {
        param($match)
        $code = $match.Groups['code'].Value
        # A PowerShell like the one that runs this.
        $output = & "$PSHOME/pwsh" -NoProfile -Command "Import-Module '$root/CnnVis.psd1'`n`$PSStyle.OutputRendering = 'PlainText'`n& {`n$code`n} 2>&1 | Out-String -Stream -Width 120" | ForEach-Object TrimEnd
        "``````powershell`n$code`n```````n`n``````text`n$(($output -join "`n").Trim("`n"))`n``````"
    })
    if ($updated -cne $text) {
        [IO.File]::WriteAllText($file, $updated)
        "$file updated."
    }
}
