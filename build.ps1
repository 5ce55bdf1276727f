#requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests and packages CnnVis.
.DESCRIPTION
    Needs the .NET 10 SDK. Works from any folder; the exit code is not 0 when something fails.
.PARAMETER Task
    Build:   the module into bin/, where CnnVis.psd1 finds it (the default).
    Test:    all xunit projects, which also run tests/Pester by Pester.
    Pester:  tests/Pester in this PowerShell.
    Package: the module, complete and on its own, into output/CnnVis/<version>.
    Bench:   the benchmarks; one JSON line a measurement.
    Lock:    writes the packages' lock files anew, for every platform.
    Release: sets the version in the manifest, dates the changelog, commits and tags.
.PARAMETER Runtime
    The platform to build for: linux-x64, win-x64 or osx-arm64. Left out, it is this one.
.PARAMETER PesterVersion
    The version of Pester for the task Pester, which NuGet brings. Left out, it is that of the task Test.
.PARAMETER Version
    The version of the task Release.
.EXAMPLE
    ./build.ps1
    Import-Module ./CnnVis.psd1
.EXAMPLE
    ./build.ps1 -Task Package -Runtime win-x64
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Package', 'Bench', 'Lock', 'Release')]
    [string] $Task = 'Build',

    [ValidateSet('linux-x64', 'win-x64', 'osx-arm64')]
    [string] $Runtime,

    [version] $PesterVersion,

    [version] $Version
)

$ErrorActionPreference = 'Stop'
$manifest = Join-Path $PSScriptRoot 'CnnVis.psd1'

function Invoke-DotNet {
    $options = @(if ($Runtime) { "-p:CnnVisRuntime=$Runtime" })
    # Options of the build stand before those of the program that is run.
    $verb, [string[]] $rest = $args
    & dotnet $verb @options @rest
    if ($LASTEXITCODE -ne 0) { throw "dotnet $verb failed with exit code $LASTEXITCODE." }
}

function Build-Module { Invoke-DotNet build "$PSScriptRoot/src/CnnVis.PowerShell" --nologo }

function Test-Solution { Invoke-DotNet test "$PSScriptRoot/CnnVis.PowerShell.sln" --nologo }

function Test-Module {
    Build-Module
    $project = "$PSScriptRoot/tests/CnnVis.PowerShell.Tests"
    $version = @(if ($PesterVersion) { "-p:PesterVersion=$PesterVersion" })
    Invoke-DotNet restore $project @version
    Import-Module (dotnet msbuild $project @version -getProperty:PesterManifest)
    $result = Invoke-Pester "$PSScriptRoot/tests/Pester" -PassThru
    if ($result.Result -ne 'Passed') { throw "Of $($result.TotalCount) Pester tests, $($result.FailedCount) failed." }
}

function Export-Module {
    # From nothing, so that no other platform's library and no file of an earlier build comes along.
    if (Test-Path "$PSScriptRoot/bin") { Remove-Item "$PSScriptRoot/bin" -Recurse }
    Build-Module
    $target = Join-Path $PSScriptRoot output CnnVis (Test-ModuleManifest $manifest).Version
    if (Test-Path $target) { Remove-Item $target -Recurse }

    # The engine takes the contracts from the module, and is found without the files that describe it to dotnet.
    $files = Get-ChildItem "$PSScriptRoot/bin" -Recurse -File |
        Where-Object { $_.Extension -notin '.pdb', '.xml' -and $_.Name -notlike '*.deps.json' -and $_.Name -notlike '*.runtimeconfig.json' } |
        Where-Object { $_.FullName -notlike '*engine?CnnVis.Contracts.dll' }
    $files = @($files.FullName) + @($manifest, "$PSScriptRoot/LICENSE", "$PSScriptRoot/CHANGELOG.md", "$PSScriptRoot/THIRD-PARTY-NOTICES.md")
    if (Test-Path "$PSScriptRoot/en-US") { $files += (Get-ChildItem "$PSScriptRoot/en-US" -File).FullName }
    foreach ($file in $files) {
        $copy = Join-Path $target ([IO.Path]::GetRelativePath($PSScriptRoot, $file))
        $null = New-Item (Split-Path $copy) -ItemType Directory -Force
        Copy-Item $file $copy
    }
    "CnnVis is in $target. Import-Module `"$target`" uses it there; a copy under `$env:PSModulePath makes it known by name."
}

function Measure-Speed { Invoke-DotNet run --project "$PSScriptRoot/benchmarks/CnnVis.Benchmarks" }

function Update-Lock {
    foreach ($platform in 'linux-x64', 'win-x64', 'osx-arm64') {
        dotnet restore "$PSScriptRoot/CnnVis.PowerShell.sln" --nologo --force-evaluate "-p:CnnVisRuntime=$platform"
        if ($LASTEXITCODE -ne 0) { throw "dotnet restore for $platform failed with exit code $LASTEXITCODE." }
    }
}

function Publish-Version {
    if (-not $Version) { throw 'Say which: -Version 0.2.0' }
    if (git -C $PSScriptRoot status --porcelain) { throw 'Commit or put away what is changed first: a release is of what is committed.' }
    if ($Version -lt (Test-ModuleManifest $manifest).Version) { throw "$Version is older than the manifest's version." }
    $changes = "$PSScriptRoot/CHANGELOG.md"
    $text = [IO.File]::ReadAllText($changes)
    $dated = $text -replace '(?m)^## \[[\d.]+\] - Unreleased$', "## [$Version] - $(Get-Date -Format yyyy-MM-dd)"
    if ($dated -ceq $text) { throw 'CHANGELOG.md has no section "## [x.y.z] - Unreleased" to date.' }
    [IO.File]::WriteAllText($changes, $dated)
    [IO.File]::WriteAllText($manifest, ([IO.File]::ReadAllText($manifest) -replace "(?m)^(\s*ModuleVersion\s*=\s*')[^']+", "`${1}$Version"))
    git -C $PSScriptRoot commit --quiet --all --message "Release $Version"
    git -C $PSScriptRoot tag "v$Version"
    "$Version is committed and tagged. Push both: git push --follow-tags"
}

try {
    switch ($Task) {
        Build { Build-Module }
        Test { Test-Solution }
        Pester { Test-Module }
        Package { Export-Module }
        Bench { Measure-Speed }
        Lock { Update-Lock }
        Release { Publish-Version }
    }
} catch {
    [Console]::Error.WriteLine("build.ps1 -Task ${Task}: $_")
    exit 1
}
