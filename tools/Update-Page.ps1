#requires -Version 7.6
<#
.SYNOPSIS
    Runs the commands of pages, and says what each prints now.
.DESCRIPTION
    A page is Markdown: the README, a lesson of examples/, a help page. Its ```powershell blocks are run one after the other in one session, at the top of the clone; a ```text block holds what
    the block before it prints. What a fence says more about itself, as ```powershell (needs a file), is not run. Commands write their files into output/.

    A page that is run whole makes its pictures too. Each is told like a block: Output is its size in the page, Now the size of what was made, the same where it is up to a quarter, or that nothing was made.

    -Write puts what is printed now into the pages, and the pictures that a page shows, where its commands made a file of that name in output/, to where the page has them.
    Tests compare: tests/Pester/Pages.Tests.ps1 and Help.Tests.ps1; the README's pictures, which take minutes, are made by .github/workflows/site.yml (-Check). In the PowerShell that comes along: dotnet run --project src/CnnVis.Host -- tools/Update-Page.ps1 -Write
.PARAMETER Path
    The pages, with wildcards. Left out, it is all of them.
.PARAMETER Printed
    Run only what the pages show the output of.
.PARAMETER Check
    Say nothing of what is as it should be; a block that fails, and a picture that no block makes or that became another one, are an error.
.PARAMETER Write
    Change the pages, and their pictures.
.EXAMPLE
    ./tools/Update-Page.ps1 examples/02*.md -Write
.EXAMPLE
    ./tools/Update-Page.ps1 | Where-Object { $_.Output -cne $_.Now } | Format-List Page, Code, Output, Now
#>
[CmdletBinding(DefaultParameterSetName = 'Run')]
param([Parameter(Position = 0)] [string[]] $Path, [Parameter(ParameterSetName = 'Run')] [switch] $Printed, [Parameter(Mandatory, ParameterSetName = 'Check')] [switch] $Check, [Parameter(ParameterSetName = 'Write')] [switch] $Write)

$root = [IO.Path]::GetFullPath("$PSScriptRoot/..")
Import-Module "$root/CnnVis.psd1"
$block = [regex] '(?ms)^```powershell\r?\n(?<code>(?:(?!```).)*?)\r?\n```$(?:\r?\n\r?\n```text\r?\n(?<output>.*?)\r?\n?```$)?'
$picture = [regex] '!\[[^\]]*\]\((?<file>[^):]+\.(?:png|jpg|svg))\)'
$options = $env:CNNVIS_OPTIONS
# A file that is there may not be written over, and a script does not ask.
$PSDefaultParameterValues = @{ 'Export-*:Force' = $true; 'New-CnnLabelingTask:Force' = $true; 'Out-String:Width' = 120 }
$rendering = $PSStyle.OutputRendering
$PSStyle.OutputRendering = 'PlainText'

# The pictures of a page that its blocks make (a sample photo is none), beside what they made since then.
function Get-PagePicture([IO.FileInfo] $File, [string] $Text, [DateTime] $Since) {
    foreach ($match in $picture.Matches($Text) | Where-Object { $_.Groups['file'].Value -notlike '*photos/*' }) {
        $name = $match.Groups['file'].Value
        $shown, $made = [IO.Path]::Combine($File.DirectoryName, $name), "$root/output/$([IO.Path]::GetFileName($name))"
        $sizes = foreach ($one in $shown, $made) {
            if (-not [IO.File]::Exists($one) -or $one -eq $made -and [IO.File]::GetLastWriteTimeUtc($one) -lt $Since) { 'not made'; continue }
            $size = Get-ImageAttribute -LiteralPath $one
            "$($size.Width) x $($size.Height)"
        }
        $now = $sizes[1]
        if ('not made' -notin $sizes) {
            $before, $after = $sizes | ForEach-Object { , [int[]] ($_ -split ' x ') }
            if ([Math]::Abs($after[0] / $before[0] - 1) -le 0.25 -and [Math]::Abs($after[1] / $before[1] - 1) -le 0.25) { $now = $sizes[0] }
        }
        [pscustomobject]@{ Page = $File.BaseName; Code = $match.Value; IsPrinted = $true; IsPicture = $true; Failed = $false; Output = $sizes[0]; Now = $now }
    }
}

Push-Location $root
$folder = [Environment]::CurrentDirectory
[Environment]::CurrentDirectory = $root
try {
    if (-not $Path) { $Path = 'README.md', 'examples/[0-9]*.md', 'src/CnnVis.PowerShell/Help/*.md' }
    foreach ($file in Get-Item $Path | Sort-Object FullName) {
        # Help pages show the small network, which answers at once; other pages name theirs, or show what a user has who has chosen nothing.
        $env:CNNVIS_OPTIONS = if ($file.Directory.Name -eq 'Help') { "$root/tests/Pester/fixtures/options.json" } else { "$root/output/no-options.json" }
        $text = [IO.File]::ReadAllText($file)
        $began = [DateTime]::UtcNow
        $ran = @(& {
            foreach ($match in $block.Matches($text) | Where-Object { -not $Printed -or $_.Groups['output'].Success }) {
                # Dot-sourced, so that what a block defines is there for the next; all of it before it is shown, because columns are as wide as what comes in time.
                $results = @(. ([scriptblock]::Create($match.Groups['code'].Value)) 2>&1)
                $lines = $results | Out-String -Stream | ForEach-Object TrimEnd
                [pscustomobject]@{
                    Page = $file.BaseName; Code = $match.Groups['code'].Value; IsPrinted = $match.Groups['output'].Success; IsPicture = $false
                    Failed = @($results | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).Count -gt 0
                    Output = $match.Groups['output'].Value; Now = (($lines -join "`n") -replace '\e\[[\d;]*m').Trim("`n")
                }
            }
        })
        if (-not $Write) {
            if (-not $Printed) { $ran += @(Get-PagePicture $file $text $began) }
            if (-not $Check) { $ran; continue }
            # What is printed is compared by tests, who know how far numbers may differ.
            $wrong = @($ran | Where-Object { $_.Failed -and -not $_.IsPrinted -or $_.IsPicture -and $_.Output -cne $_.Now })
            if ($wrong) { throw "$($file.Name) is not as it says:`n$(($wrong | ForEach-Object { "$($_.Code)`n$($_.Now)" }) -join "`n`n")" }
            continue
        }
        $queue = [Collections.Generic.Queue[object]]::new($ran)
        $updated = $block.Replace($text, {
            param($match)
            $one = $queue.Dequeue()
            "``````powershell`n$($one.Code)`n``````" + $(if ($one.IsPrinted) { "`n`n``````text`n$($one.Now)`n``````" })
        })
        if ($updated -cne $text) {
            [IO.File]::WriteAllText($file, $updated)
            "$($file.Name) updated."
        }
        foreach ($match in $picture.Matches($text)) {
            $made = "$root/output/$([IO.Path]::GetFileName($match.Groups['file'].Value))"
            if ([IO.File]::Exists($made)) { [IO.File]::Copy($made, [IO.Path]::Combine($file.DirectoryName, $match.Groups['file'].Value), $true) }
        }
    }
}
finally {
    Pop-Location
    [Environment]::CurrentDirectory = $folder
    $env:CNNVIS_OPTIONS = $options
    $PSStyle.OutputRendering = $rendering
}
